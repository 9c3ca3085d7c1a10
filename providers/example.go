package providers

import (
	"fmt"
	"io/fs"

	"shopbell/providers/signature"
)

// examples reads the requests that the file names.
func (f file) examples(fsys fs.FS, whose owner) ([]Example, error) {
	out := make([]Example, 0, len(f.Example))
	for _, t := range f.Example {
		switch {
		case t.Origin == "":
			return nil, fmt.Errorf("example %q has no origin, expected who made it", t.File)
		case t.At.IsZero():
			return nil, fmt.Errorf("example %q has no time, expected at = 2024-05-06T07:08:09Z", t.File)
		case t.Secret == "" && !f.Scheme.knowsKeys() && whose == builtInFile || t.Secret != "" && f.Scheme.Kind == kindUnsigned:
			return nil, fmt.Errorf("example %q, expected a secret exactly when the provider signs", t.File)
		}
		m, err := readRequest(fsys, "example", t.File, t.URL)
		if err != nil {
			return nil, err
		}
		out = append(out, Example{File: t.File, Event: t.Event, Origin: t.Origin, Secret: t.Secret,
			At: t.At.UTC(), URL: m.URL, Message: m})
	}
	return out, nil
}

func readRequest(fsys fs.FS, what, file, url string) (signature.Message, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return signature.Message{}, unreadable(what, file, err)
	}
	defer f.Close()
	m, err := signature.ReadMessage(f, url, signature.ReadLimit{})
	if err != nil {
		return signature.Message{}, fmt.Errorf("read %s %q: %w", what, file, err)
	}
	return m, nil
}
