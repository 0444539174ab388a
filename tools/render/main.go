// Command render is `helm template` as a resident process: it reads a chart and its schema once and renders once for each
// request. What it prints is what the helm binary of the same version prints, byte for byte.
//
// Usage: render SOCKET. It listens on the Unix socket until it is ended. A request is a line of JSON, an answer is a
// line of JSON with the request's id.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"sync"
)

// Request is for one render. Its fields are helm template's arguments.
type Request struct {
	ID          int      `json:"id"`
	Chart       string   `json:"chart"`
	Release     string   `json:"release"`
	Namespace   string   `json:"namespace"`
	KubeVersion string   `json:"kubeVersion"`
	APIVersions []string `json:"apiVersions"`
	ShowOnly    []string `json:"showOnly"`
	// Paths of values files, later over earlier.
	ValuesFiles []string `json:"valuesFiles"`
	// Values over all files, as text in YAML or JSON; empty for none.
	Values     string `json:"values"`
	SkipSchema bool   `json:"skipSchema"`
}

// Answer holds what helm prints: either the error, or the output and the notes of an install.
type Answer struct {
	ID     int    `json:"id"`
	Output string `json:"output"`
	Notes  string `json:"notes"`
	// What helm prints after `Error: `; empty when it succeeds.
	Error string `json:"error"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: render SOCKET")
		os.Exit(2)
	}
	// A heap of some 20 MB: collecting it rarely saves a fifth of a render.
	debug.SetGCPercent(800)
	// Helm's warnings belong to no answer.
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	renderer := newRenderer()
	for {
		connection, err := listener.Accept()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		go answer(connection, renderer)
	}
}

// answer renders the requests of a connection side by side and writes each answer when it is there.
func answer(connection net.Conn, renderer *renderer) {
	defer connection.Close()
	var writing sync.Mutex
	encoder := json.NewEncoder(connection)
	encoder.SetEscapeHTML(false)
	decoder := json.NewDecoder(bufio.NewReader(connection))
	for {
		var request Request
		if err := decoder.Decode(&request); err != nil {
			return
		}
		go func() {
			output, notes, err := renderer.template(request)
			answer := Answer{ID: request.ID, Output: output, Notes: notes}
			if err != nil {
				answer.Error = err.Error()
			}
			writing.Lock()
			defer writing.Unlock()
			_ = encoder.Encode(answer)
		}()
	}
}
