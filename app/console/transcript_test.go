package console_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"shopbell/app/console"
)

// A transcript is a text file of commands and what they print, byte for byte:
//
//	$ shopbell verify --provider tweed --secret s request.http
//	✕ ...
//	[exit 1]
//
// "|" passes the output on, "> FILE" keeps it, {NAME} stands for a value of the
// test, [no line end] for output that ends without one. What differs from run to run is written as <id>, <time>, <port>, <ms>.
// SHOPBELL_TRANSCRIPTS=write in the environment writes the files anew.

// changing is what differs from run to run, and what stands for it.
func changing() []struct {
	is     *regexp.Regexp
	stands string
} {
	return []struct {
		is     *regexp.Regexp
		stands string
	}{
		{regexp.MustCompile(`\b[0-9][0-9A-HJKMNP-TV-Z]{25}\b`), "<id>"},
		{regexp.MustCompile(`\b20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)`), "<time>"},
		{regexp.MustCompile(`\b20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}`), "<time>"},
		{regexp.MustCompile(`(?m)^[0-9]{2}:[0-9]{2}:[0-9]{2}\b`), "<time>"},
		{regexp.MustCompile(`(127\.0\.0\.1|localhost|\[::1\]):[0-9]+`), "$1:<port>"},
		{regexp.MustCompile(`\b[0-9]+ ms\b`), "<ms> ms"},
		// A summary leaves out a time of less than a millisecond.
		{regexp.MustCompile(`("attempts":[0-9]+,"status":[0-9]+),"ms":[0-9]+`), "$1"},
		{regexp.MustCompile(`"ms":[0-9]+`), `"ms":<ms>`},
		{regexp.MustCompile(`/[0-9a-f]{32}\b`), "/<secret>"},
		// How far a search for the reason gets depends on the machine.
		{regexp.MustCompile(`in [0-9]+ ways`), "in <n> ways"},
		{regexp.MustCompile(`schemes of [0-9]+ other providers?`), "schemes of <n> other providers"},
	}
}

// transcript returns the path of testdata/name; it holds after t.Chdir.
func transcript(t *testing.T, name string) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// checkTranscript runs the commands of a transcript in dir and compares.
func checkTranscript(t *testing.T, file, dir string, values map[string]string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir) // the commands name files of that folder
	var got bytes.Buffer
	commands := 0
	for line := range strings.Lines(string(want)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "$ "):
			fmt.Fprintln(&got, line)
			got.WriteString(pipeline(t, strings.TrimPrefix(line, "$ "), values))
			commands++
		case strings.HasPrefix(line, "# "), line == "#":
			fmt.Fprintln(&got, line)
		}
	}
	if commands == 0 {
		t.Fatalf("%s holds no command", file)
	}
	if os.Getenv("SHOPBELL_TRANSCRIPTS") == "write" {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got.String() != string(want) {
		now, then := difference(got.String(), string(want))
		t.Errorf("%s has changed; run with SHOPBELL_TRANSCRIPTS=write to keep that\n--- now\n%s\n--- expected\n%s", file, now, then)
	}
}

// difference returns a and b from the first line on in which they differ.
func difference(a, b string) (string, string) {
	for a != b {
		first, rest, more := strings.Cut(a, "\n")
		other, rest2, more2 := strings.Cut(b, "\n")
		if first != other || !more || !more2 {
			break
		}
		a, b = rest, rest2
	}
	return head(a), head(b)
}

// head is the first lines of text.
func head(text string) string {
	lines := strings.SplitAfterN(text, "\n", 8)
	return strings.Join(lines[:min(len(lines), 7)], "")
}

// pipeline runs one line of a transcript and returns what it printed.
func pipeline(t *testing.T, line string, values map[string]string) string {
	t.Helper()
	for name, value := range values {
		line = strings.ReplaceAll(line, "{"+name+"}", value)
	}
	line, keep, _ := strings.Cut(line, " > ")
	var in []byte
	printed := ""
	commands := strings.Split(line, " | ")
	for i, command := range commands {
		last := i == len(commands)-1
		code, out, talk := run(t, in, words(command)[1:]...)
		if last && keep == "" {
			printed += normal(out, values)
			if out != "" && !strings.HasSuffix(out, "\n") {
				printed += "\n[no line end]\n"
			}
		}
		printed += normal(talk, values)
		if code != 0 {
			printed += fmt.Sprintf("[exit %d]\n", code)
		}
		in = []byte(out)
	}
	if keep != "" {
		if err := os.WriteFile(strings.TrimSpace(keep), in, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return printed
}

func normal(text string, values map[string]string) string {
	for name, value := range values {
		text = strings.ReplaceAll(text, value, "{"+name+"}")
	}
	for _, c := range changing() {
		text = c.is.ReplaceAllString(text, c.stands)
	}
	return text
}

// words splits a command line at spaces outside double quotes.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
			continue
		}
		out = append(out, strings.Fields(part)...)
	}
	return out
}

// run runs one command with an environment of its own.
func run(t *testing.T, stdin []byte, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	code = console.Run(context.Background(), args, environment(t), bytes.NewReader(stdin), &out, &talk, "0.0.0-test")
	return code, out.String(), talk.String()
}

// environment has no settings and no captures of the person who runs the tests.
func environment(t *testing.T) []string {
	t.Helper()
	home := filepath.Join(os.TempDir(), "shopbell-test-without-home")
	return []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_DATA_HOME=" + home, "AppData=" + home, "LocalAppData=" + home,
		"TWEED_SECRET=tweed-signing-secret-0001",
	}
}
