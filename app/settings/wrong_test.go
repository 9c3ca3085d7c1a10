package settings

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/wrong.txt anew")

// seedIDs are the providers that every version has.
var seedIDs = known{"everifin", "truust", "tweed", "twisto", "yshop"}

// TestWrongFilesAreExplainedInOneSentence reads every file of testdata/wrong
// and compares what is said of it with testdata/wrong.txt, where a person can
// read all sentences at once.
func TestWrongFilesAreExplainedInOneSentence(t *testing.T) {
	files, err := filepath.Glob("testdata/wrong/*.toml")
	if err != nil || len(files) < 50 {
		t.Fatalf("found %d files in testdata/wrong (%v), expected the whole table", len(files), err)
	}
	var all strings.Builder
	for _, file := range files {
		all.WriteString(explain(t, file))
	}
	const golden = "testdata/wrong.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	compareLines(t, all.String(), string(want))
}

// explain returns the sentence and the advice on a wrong file.
func explain(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(file)
	_, _, err = parse(name, data, seedIDs)
	var p *Problem
	if !errors.As(err, &p) {
		t.Fatalf("%s: got %v, expected a Problem", name, err)
	}
	text := p.Error() + "\n    " + p.Advice + "\n"
	for _, secret := range []string{"hunter2", "42424242"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s: the secret is shown: %s", name, text)
		}
	}
	if p.Line == 0 || strings.Count(p.Error(), "\n") > 0 || strings.HasSuffix(p.Says, ".") || p.Advice == "" {
		t.Errorf("%s: got %q and %q, expected one sentence with a line, and advice", name, p, p.Advice)
	}
	return text
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Errorf("missing: %s", w[i])
		case i >= len(w):
			t.Errorf("too much: %s", g[i])
		case g[i] != w[i]:
			t.Errorf("got  %s\nwant %s", g[i], w[i])
		}
	}
}
