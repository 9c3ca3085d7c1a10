package console_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/app/console"
)

// asProgram in the environment makes the test binary behave as the program, so
// that a test can kill it.
const asProgram = "SHOPBELL_TEST_AS_PROGRAM"

// patience is how long a test waits for something that has to happen.
const patience = 60 * time.Second

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(console.Run(context.Background(), os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr, "0.0.0-test"))
	}
	os.Exit(m.Run())
}

// process is a Shopbell of its own that runs "serve --json".
type process struct {
	*exec.Cmd
	ready  map[string]any
	lines  *bufio.Scanner
	stderr *bytes.Buffer
}

// begin starts c, which ends with the test at the latest, and returns what it
// prints.
func begin(t *testing.T, c *exec.Cmd) io.Reader {
	t.Helper()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c.ProcessState == nil {
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	})
	return out
}

// startServe starts serve on a free port with the given data folder and waits
// for its ready line.
func startServe(t *testing.T, data string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: program(t, append([]string{"serve", "--json", "--listen", "127.0.0.1:0", "--data", data}, args...)...), stderr: &bytes.Buffer{}}
	p.Stderr = p.stderr
	out := begin(t, p.Cmd)
	p.lines = bufio.NewScanner(out)
	if !p.lines.Scan() {
		_ = p.Wait()
		t.Fatalf("serve ended before it was ready: %s", p.stderr)
	}
	if err := json.Unmarshal(p.lines.Bytes(), &p.ready); err != nil {
		t.Fatalf("the first line %q is no JSON object: %v", p.lines.Text(), err)
	}
	return p
}

func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(environment(t), asProgram+"=1")
	return cmd
}

// url is the public URL of p with a path.
func (p *process) url(path string) string { return p.ready["url"].(string) + path }

// deliver posts a small JSON body and returns the status, 0 for no answer.
func deliver(client *http.Client, url string) int {
	response, err := client.Post(url, "application/json", strings.NewReader(fmt.Sprintf(`{"at":%q}`, url)))
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return 0
	}
	return response.StatusCode
}

// listed returns what "list --json --limit 0" prints.
func listed(t *testing.T, data string) []map[string]any {
	t.Helper()
	code, out, talk := run(t, nil, "list", "--json", "--limit", "0", "--data", data)
	if code != 0 {
		t.Fatalf("list ended with %d: %s", code, talk)
	}
	var objects []map[string]any
	for line := range strings.Lines(out) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("line %q is no JSON object: %v", line, err)
		}
		objects = append(objects, object)
	}
	return objects
}

// tally is a set of paths that were answered.
type tally struct {
	sync.Mutex
	paths []string
}

// add returns how many there are now.
func (t *tally) add(path string) int {
	t.Lock()
	defer t.Unlock()
	t.paths = append(t.paths, path)
	return len(t.paths)
}

// wait fails the test when done does not happen.
func wait(t *testing.T, done <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatalf("waited %v for %s", patience, what)
	}
}
