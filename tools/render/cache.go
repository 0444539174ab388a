package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"helm.sh/helm/v4/pkg/chart/common"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
)

// renderer keeps what renders share: charts as they were read, and compiled schemas.
type renderer struct {
	mutex   sync.Mutex
	charts  map[string]cachedChart
	schemas schemas
	sorter  sorter
}

type cachedChart struct {
	// state is that of the files when the chart was read.
	state string
	// settled is false when a file had just been written: another write may have the same time of change.
	settled bool
	chart   *chart.Chart
}

// clockStep is longer than the step of a file system's clock.
const clockStep = 50 * time.Millisecond

func newRenderer() *renderer {
	return &renderer{
		charts:  map[string]cachedChart{},
		schemas: schemas{compiled: map[string]*jsonschema.Schema{}},
		sorter:  sorter{files: map[renderedFile]sortedFile{}},
	}
}

// chart gives a copy of the chart in a folder or an archive. It is read again after any of its files has changed.
func (r *renderer) chart(name string) (*chart.Chart, error) {
	state, changed, err := stateOf(name)
	if err != nil {
		return nil, errMissing(name, err)
	}
	settled := time.Since(changed) > clockStep
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if found, ok := r.charts[name]; ok && found.settled && found.state == state {
		return copyOf(found.chart), nil
	}
	read, err := loader.Load(name)
	if err != nil {
		return nil, err
	}
	r.charts[name] = cachedChart{state, settled, read}
	return copyOf(read), nil
}

// stateOf names every file with its size and time of change, and the latest of these times.
func stateOf(name string) (string, time.Time, error) {
	var state strings.Builder
	var latest time.Time
	err := filepath.WalkDir(name, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		if info.ModTime().After(latest) {
			latest = info.ModTime()
		}
		_, err = fmt.Fprintln(&state, file, info.Size(), info.ModTime().UnixNano())
		return err
	})
	return state.String(), latest, err
}

// copyOf copies what a render changes: which subcharts there are, and the metadata that lists them.
func copyOf(original *chart.Chart) *chart.Chart {
	copied, metadata := *original, *original.Metadata
	metadata.Dependencies = nil
	for _, dependency := range original.Metadata.Dependencies {
		one := *dependency
		metadata.Dependencies = append(metadata.Dependencies, &one)
	}
	copied.Metadata = &metadata
	copied.SetDependencies()
	for _, subchart := range original.Dependencies() {
		copied.AddDependency(copyOf(subchart))
	}
	return &copied
}

const schemaURL = "file:///values.schema.json"

// schemas are compiled schemas by their text.
type schemas struct {
	mutex    sync.Mutex
	compiled map[string]*jsonschema.Schema
}

// validate is helm's ValidateAgainstSchema, which compiles each schema again.
func (s *schemas) validate(loaded *chart.Chart, values map[string]any) error {
	var complaints strings.Builder
	if loaded.Schema != nil {
		if err := s.validateOne(loaded.Schema, values); err != nil {
			fmt.Fprintf(&complaints, "%s:\n%s", loaded.Name(), err)
		}
	}
	for _, subchart := range loaded.Dependencies() {
		raw := values[subchart.Name()]
		if raw == nil {
			continue
		}
		below, ok := raw.(map[string]any)
		if !ok {
			fmt.Fprintf(&complaints, "%s:\ninvalid type for values: expected object (map), got %T\n", subchart.Name(), raw)
			continue
		}
		if err := s.validate(subchart, below); err != nil {
			complaints.WriteString(err.Error())
		}
	}
	if complaints.Len() > 0 {
		return errors.New(complaints.String())
	}
	return nil
}

func (s *schemas) validateOne(text []byte, values common.Values) error {
	schema, err := s.compile(text)
	if err != nil {
		return err
	}
	if err := schema.Validate(values.AsMap()); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "jsonschema validation failed with '"+schemaURL+"#'\n") + "\n")
	}
	return nil
}

func (s *schemas) compile(text []byte) (*jsonschema.Schema, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if found, ok := s.compiled[string(text)]; ok {
		return found, nil
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaURL, document); err != nil {
		return nil, err
	}
	schema, err := compiler.Compile(schemaURL)
	if err != nil {
		return nil, err
	}
	s.compiled[string(text)] = schema
	return schema, nil
}
