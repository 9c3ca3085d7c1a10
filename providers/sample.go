package providers

import (
	"fmt"
	"io/fs"

	"shopbell/providers/signature"
)

// Sample is a believable delivery of one event without a signature: it is
// signed when it is sent. It is read when it is asked for.
type Sample struct {
	// Event is the label under which it is found.
	Event string
	// File is the path in the catalogue, for example "samples/stripe-paid.http".
	File string
	fsys fs.FS
}

// Message reads the sample. Of its head the method and the content headers
// have a meaning.
func (s Sample) Message() (signature.Message, error) {
	return readRequest(s.fsys, "sample", s.File, "")
}

// samples lists what the file names.
func (f file) samples(fsys fs.FS) (out []Sample, err error) {
	for _, t := range f.Sample {
		if t.Event == "" {
			return nil, fmt.Errorf("sample %q has no event, expected what it shows", t.File)
		}
		if _, err := fs.Stat(fsys, t.File); err != nil {
			return nil, fmt.Errorf("read sample: %w", err)
		}
		out = append(out, Sample{t.Event, t.File, fsys})
	}
	return out, nil
}
