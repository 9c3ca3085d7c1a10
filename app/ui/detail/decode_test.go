package detail

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// packed is text through a compressor.
func packed(t *testing.T, text []byte, open func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
func zlibbed(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
func flated(w io.Writer) io.WriteCloser {
	f, _ := flate.NewWriter(w, flate.BestSpeed) // fails only for a level that is not one
	return f
}

func encoded(names string) signature.Header {
	return signature.Header{{Name: "Content-Encoding", Value: names}}
}

func TestCompressedBodyIsReadForViewing(t *testing.T) {
	text := []byte(`{"a":1}`)
	for names, body := range map[string][]byte{
		"gzip": packed(t, text, gzipped), "deflate": packed(t, text, zlibbed), "Deflate": packed(t, text, flated),
		"deflate, gzip": packed(t, packed(t, text, zlibbed), gzipped),
	} {
		if d := decode(encoded(names), body); !bytes.Equal(d.body, text) || !strings.Contains(d.note, "for viewing only") {
			t.Errorf("%s: got %q with note %q", names, d.body, d.note)
		}
	}
}

func TestBombIsCutAtTheLimit(t *testing.T) {
	body := packed(t, make([]byte, viewLimit+1000), gzipped)
	if d := decode(encoded("gzip"), body); len(d.body) != viewLimit || !strings.Contains(d.note, "Cut at") {
		t.Errorf("%d bytes became %d with note %q", len(body), len(d.body), d.note)
	}
}

func TestBodyThatCannotBeDecompressedIsShownAsReceived(t *testing.T) {
	body := []byte("not compressed at all")
	for _, names := range []string{"gzip", "br", "gzip,gzip,gzip,gzip"} {
		if d := decode(encoded(names), body); !bytes.Equal(d.body, body) || !strings.Contains(d.note, "shown as received") {
			t.Errorf("%s: got %q with note %q", names, d.body, d.note)
		}
	}
	short := packed(t, []byte(strings.Repeat("abc", 1000)), gzipped)
	if d := decode(encoded("gzip"), short[:len(short)-6]); !strings.Contains(d.note, "can't be read") {
		t.Errorf("a stream that breaks off has note %q", d.note)
	}
}
