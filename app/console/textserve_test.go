package console_test

import (
	"bufio"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// drive waits until a serve with text output is ready, sends to its first
// endpoint, stops it and returns all that it printed.
func drive(t *testing.T, p *exec.Cmd, pipe io.Reader, send func(url string)) string {
	t.Helper()
	var out strings.Builder
	lines, endpoint := bufio.NewScanner(pipe), ""
	for lines.Scan() {
		out.WriteString(lines.Text() + "\n")
		if fields := strings.Fields(lines.Text()); len(fields) == 3 && fields[0] == "endpoint" {
			endpoint = fields[2]
		}
		if strings.HasPrefix(lines.Text(), "local api") {
			send(endpoint)
			if err := p.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := p.Wait(); err != nil {
		t.Errorf("serve ended with %v: %s", err, out.String())
	}
	return out.String()
}

// secretOf returns the secret part of the endpoint's address that serve printed.
func secretOf(t *testing.T, out string) string {
	t.Helper()
	found := regexp.MustCompile(`/([0-9a-f]{32})\b`).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no address with a secret part in %q", out)
	}
	return found[1]
}
