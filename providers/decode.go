package providers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
	data, err := readLimited(fsys, name)
	if err != nil {
		return Provider{}, err
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

// readLimited reads a catalogue file; of one that is too long it gives one byte
// more than the limit.
func readLimited(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, unreadable("catalogue file", name, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, unreadable("catalogue file", name, err)
	}
	return data, nil
}

// unreadable says that a file of a catalogue can't be read, without the folder.
func unreadable(what, name string, err error) error {
	var reason *fs.PathError
	if errors.As(err, &reason) {
		err = reason.Err
	}
	return fmt.Errorf("read %s %q: %w, expected a regular file", what, name, err)
}

// parseProvider is readProvider without the examples.
func parseProvider(name string, data []byte, whose owner) (Provider, file, error) {
	if len(data) > maxFile {
		return Provider{}, file{}, fmt.Errorf("%s:1: the file is longer than %d bytes, expected a provider's file", name, maxFile)
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
	p.Own, p.file = bool(whose), name
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
