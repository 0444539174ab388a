package main

import (
	"sort"
	"sync"

	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// keptFiles is how many rendered files a sorter remembers before it starts again.
const keptFiles = 4096

// sorter is helm's SortManifests, which reads every document as YAML, a fifth of a render: files that were rendered
// before are not read again.
type sorter struct {
	mutex sync.Mutex
	files map[renderedFile]sortedFile
}

type renderedFile struct{ path, content string }

type sortedFile struct {
	hooks   []*release.Hook
	objects []releaseutil.Manifest
}

// sort gives the hooks and the objects of rendered files in the order of an install.
func (s *sorter) sort(files map[string]string) ([]*release.Hook, []releaseutil.Manifest, error) {
	paths := make([]string, 0, len(files))
	for path := range files {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	var hooks []*release.Hook
	var objects []releaseutil.Manifest
	for _, path := range paths {
		sorted, err := s.file(renderedFile{path, files[path]})
		if err != nil {
			return nil, nil, err
		}
		hooks = append(hooks, sorted.hooks...)
		objects = append(objects, sorted.objects...)
	}
	sort.SliceStable(hooks, func(i, j int) bool { return before(hooks[i].Kind, hooks[j].Kind) })
	sort.SliceStable(objects, func(i, j int) bool { return before(objects[i].Head.Kind, objects[j].Head.Kind) })
	return hooks, objects, nil
}

func (s *sorter) file(rendered renderedFile) (sortedFile, error) {
	s.mutex.Lock()
	known, ok := s.files[rendered]
	s.mutex.Unlock()
	if ok {
		return known, nil
	}
	one := map[string]string{rendered.path: rendered.content}
	hooks, objects, err := releaseutil.SortManifests(one, nil, releaseutil.InstallOrder)
	if err != nil {
		return sortedFile{}, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(s.files) >= keptFiles {
		clear(s.files)
	}
	s.files[rendered] = sortedFile{hooks, objects}
	return s.files[rendered], nil
}

var installRank = func() map[string]int {
	rank := map[string]int{}
	for index, kind := range releaseutil.InstallOrder {
		rank[kind] = index
	}
	return rank
}()

// before is helm's order of kinds: the known ones as they are installed, then the others by name.
func before(one, other string) bool {
	first, known := installRank[one]
	second, alsoKnown := installRank[other]
	if known != alsoKnown {
		return known
	}
	if !known {
		return one < other
	}
	return first < second
}
