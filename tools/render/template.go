package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

const notesFile = "NOTES.txt"

var sourceLine = regexp.MustCompile("# Source: [^/]+/(.+)")

// template does what `helm template` does, in its order: helm's pkg/cmd/template.go and pkg/action/install.go.
func (r *renderer) template(request Request) (output, notes string, err error) {
	kubeVersion, err := common.ParseKubeVersion(request.KubeVersion)
	if err != nil {
		return "", "", fmt.Errorf("invalid kube version '%s': %w", request.KubeVersion, err)
	}
	values, err := mergeValues(request)
	if err != nil {
		return "", "", err
	}
	loaded, err := r.chart(request.Chart)
	if err != nil {
		return "", "", err
	}
	if kind := loaded.Metadata.Type; kind != "" && kind != "application" {
		return "", "", fmt.Errorf("%s charts are not installable", kind)
	}
	if err := chartutil.ValidateReleaseName(request.Release); err != nil {
		return "", "", fmt.Errorf("release name check failed: release name %q: %w", request.Release, err)
	}
	if err := chartutil.ProcessDependencies(loaded, values); err != nil {
		return "", "", fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	capabilities := common.DefaultCapabilities.Copy()
	capabilities.KubeVersion = *kubeVersion
	capabilities.APIVersions = append(common.VersionSet{}, capabilities.APIVersions...)
	capabilities.APIVersions = append(capabilities.APIVersions, request.APIVersions...)
	release := common.ReleaseOptions{Name: request.Release, Namespace: request.Namespace, Revision: 1, IsInstall: true}
	input, err := util.ToRenderValuesWithSchemaValidation(loaded, values, release, capabilities, true)
	if err != nil {
		return "", "", err
	}
	if !request.SkipSchema {
		if err := r.schemas.validate(loaded, input["Values"].(common.Values)); err != nil {
			return "", "", fmt.Errorf("values don't meet the specifications of the schema(s) in the following chart(s):\n%w", err)
		}
	}
	manifests, notes, err := r.manifests(loaded, input, kubeVersion)
	if err != nil {
		// From here on helm has a release to show.
		return "", "", fmt.Errorf("%w\n\nUse --debug flag to render out invalid YAML", err)
	}
	if len(request.ShowOnly) == 0 {
		return manifests, notes, nil
	}
	manifests, err = showOnly(manifests, request.ShowOnly)
	return manifests, notes, err
}

func mergeValues(request Request) (map[string]any, error) {
	merged := map[string]any{}
	add := func(name string, raw []byte) error {
		values, err := loader.LoadValues(strings.NewReader(string(raw)))
		if err != nil {
			return fmt.Errorf("failed to parse %s: %w", name, err)
		}
		merged = loader.MergeMaps(merged, values)
		return nil
	}
	for _, file := range request.ValuesFiles {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err := add(file, raw); err != nil {
			return nil, err
		}
	}
	if request.Values != "" {
		if err := add("-", []byte(request.Values)); err != nil {
			return nil, err
		}
	}
	return merged, nil
}

// manifests gives the objects in the order of an install and the hooks after them, and the notes.
func (r *renderer) manifests(loaded *chart.Chart, input common.Values, kubeVersion *common.KubeVersion) (string, string, error) {
	if need := loaded.Metadata.KubeVersion; need != "" && !chartutil.IsCompatibleRange(need, kubeVersion.String()) {
		return "", "", fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", need, kubeVersion.Version)
	}
	files, err := engine.Engine{}.Render(loaded, input)
	if err != nil {
		return "", "", err
	}
	notes := files[path.Join(loaded.Name(), "templates", notesFile)]
	for name := range files {
		if strings.HasSuffix(name, notesFile) {
			delete(files, name)
		}
	}
	hooks, objects, err := r.sorter.sort(files)
	if err != nil {
		return "", "", err
	}
	var text strings.Builder
	for _, object := range objects {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", object.Name, object.Content)
	}
	output := strings.TrimSpace(text.String()) + "\n"
	for _, hook := range hooks {
		output += fmt.Sprintf("---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return output, notes, nil
}

// showOnly keeps the manifests of the named templates, in the order of the names.
func showOnly(output string, templates []string) (string, error) {
	manifests := releaseutil.SplitManifests(output)
	keys := make([]string, 0, len(manifests))
	for key := range manifests {
		keys = append(keys, key)
	}
	sort.Sort(releaseutil.BySplitManifestsOrder(keys))
	var text strings.Builder
	for _, wanted := range templates {
		found := false
		for _, key := range keys {
			source := sourceLine.FindStringSubmatch(manifests[key])
			if len(source) == 0 {
				continue
			}
			if matched, _ := filepath.Match(wanted, source[1]); matched {
				fmt.Fprintf(&text, "---\n%s\n", manifests[key])
				found = true
			}
		}
		if !found {
			return "", fmt.Errorf("could not find template %s in chart", wanted)
		}
	}
	return text.String(), nil
}

// errMissing is helm's word for a chart that is not there.
func errMissing(name string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("path %q not found", name)
	}
	return err
}
