package providers

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// maxFile bounds a catalogue file, in bytes. The longest built-in one has 8 KB.
const maxFile = 256 << 10

// decode reads the catalogue file called name. Its errors begin with file and
// line and say what was expected.
func decode(name string, data []byte) (file, error) {
	var f file
	d := toml.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(&f)
	if err == nil {
		return f, nil
	}
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		first := unknown.Errors[0]
		row, _ := first.Position()
		return file{}, fmt.Errorf("%s:%d: unknown key %q, expected one that the catalogue format has",
			name, row, strings.Join(first.Key(), "."))
	}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		row, _ := wrong.Position()
		return file{}, fmt.Errorf("%s:%d: %s", name, row, strings.TrimPrefix(wrong.Error(), "toml: "))
	}
	return file{}, fmt.Errorf("%s:1: %s", name, strings.TrimPrefix(err.Error(), "toml: "))
}

// owner tells whose file it is: examples of a user are optional.
type owner bool

const (
	builtInFile owner = false
	ownFile     owner = true
)

// readProvider reads and checks one catalogue file with its examples.
func readProvider(fsys fs.FS, name string, whose owner) (Provider, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Provider{}, fmt.Errorf("read %s: %w", name, err)
	}
	p, f, err := parseProvider(name, data, whose)
	if err != nil {
		return Provider{}, err
	}
	p.Examples, err = f.examples(fsys, whose)
	if err != nil {
		return Provider{}, fmt.Errorf("%s:%d: %w", name, lineOf(data, "[[example]]"), err)
	}
	p.Samples, err = f.samples(fsys)
	if err != nil {
		return Provider{}, fmt.Errorf("%s:%d: %w", name, lineOf(data, "[[sample]]"), err)
	}
	return p, nil
}

// parseProvider is readProvider without the examples.
func parseProvider(name string, data []byte, whose owner) (Provider, file, error) {
	if len(data) > maxFile {
		return Provider{}, file{}, fmt.Errorf("%s:1: %d bytes, expected at most %d", name, len(data), maxFile)
	}
	f, err := decode(name, data)
	if err != nil {
		return Provider{}, f, err
	}
	if key, problem := f.check(whose); problem != "" {
		return Provider{}, f, fmt.Errorf("%s:%d: %s", name, lineOf(data, key), problem)
	}
	p, err := f.provider()
	if err != nil {
		return Provider{}, f, fmt.Errorf("%s:%d: %w", name, lineOf(data, "[scheme]"), err)
	}
	p.Own = bool(whose)
	return p, f, nil
}

// lineOf returns the number of the first line that begins with key, 1 when
// there is none: then the key is what is missing.
func lineOf(data []byte, key string) int {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte(key))
		if ok && (len(rest) == 0 || bytes.ContainsAny(rest[:1], " =#\t")) {
			return n
		}
	}
	return 1
}
