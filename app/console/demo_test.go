package console_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDemoTranscript(t *testing.T) {
	checkTranscript(t, transcript(t, "demo.txt"), t.TempDir(), nil)
}

func TestDemoLeavesNothingBehind(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	code, out, talk := run(t, nil, "demo", "--json")
	if code != 0 {
		t.Fatalf("demo ended with %d: %s", code, talk)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("the demo left %q, %v", left, err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 11 {
		t.Fatalf("the demo printed %d lines, expected ten deliveries and a count", len(lines))
	}
	var last map[string]any
	if err := json.Unmarshal([]byte(lines[10]), &last); err != nil || last["stored"] != 10.0 || last["type"] != "stored" {
		t.Errorf("the last line is %q", lines[10])
	}
}
