package signature

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"

	"github.com/andybalholm/brotli"
)

// maxInflated bounds what a compressed body may grow to.
const maxInflated = 4 << 20

// decompressed tries the content of a compressed body.
func (q *search) decompressed() *Diagnosis {
	return q.bodies("the body decompressed", func(yield func(variant) bool) {
		body := q.Message.Body
		if len(body) == 0 || len(body) > maxBody {
			return
		}
		for _, f := range compressions() {
			if b, ok := f.read(body); ok && !yield(variant{BodyDecompressed, b, "when the body is decompressed (" + f.name + ")"}) {
				return
			}
		}
	})
}

// compressed tries the body as it was before something decompressed it on the
// way. It needs the compressor and level that the sender used, so it holds for
// few senders; the other way round is certain.
func (q *search) compressed() *Diagnosis {
	return q.bodies("the body compressed by gzip, deflate and brotli, as far as the sender's compressor is like ours", func(yield func(variant) bool) {
		body := q.Message.Body
		if len(body) == 0 || len(body) > maxBody || !bytes.ContainsAny(body, "{<&=") {
			return
		}
		for _, level := range []int{flate.DefaultCompression, flate.BestSpeed, flate.BestCompression} {
			for _, f := range compressions() {
				for _, b := range f.write(body, level) {
					if q.over() || !yield(variant{BodyDecompressed, b, "when the body is compressed again (" + f.name + "), as it was sent"}) {
						return
					}
				}
			}
		}
	})
}

// compression is a content encoding.
type compression struct {
	name  string
	open  func(io.Reader) (io.Reader, error)
	write func(body []byte, level int) [][]byte
}

func compressions() []compression {
	return []compression{
		{"gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }, gzipped},
		{"deflate with a zlib header", func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) }, func(body []byte, level int) [][]byte {
			var b bytes.Buffer
			w, err := zlib.NewWriterLevel(&b, level)
			return closed(&b, w, err, body)
		}},
		{"deflate", func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil }, func(body []byte, level int) [][]byte {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			return closed(&b, w, err, body)
		}},
		{"brotli", func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }, func(body []byte, level int) [][]byte {
			var b bytes.Buffer
			return closed(&b, brotli.NewWriterLevel(&b, brotliLevel(level)), nil, body)
		}},
	}
}

// brotliLevel is the level of brotli that goes with one of flate.
func brotliLevel(level int) int {
	switch level {
	case flate.BestSpeed:
		return brotli.BestSpeed
	case flate.BestCompression:
		return brotli.BestCompression
	}
	return brotli.DefaultCompression
}

// read decompresses body, bounded; false when it is not compressed like this.
func (c compression) read(body []byte) ([]byte, bool) {
	r, err := c.open(bytes.NewReader(body))
	if err != nil {
		return nil, false
	}
	b, err := io.ReadAll(io.LimitReader(r, maxInflated+1))
	return b, err == nil && len(b) > 0 && len(b) <= maxInflated
}

// gzipped compresses body with the two header bytes that differ by system: 255
// is an unknown one, 3 is Unix.
func gzipped(body []byte, level int) [][]byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	out := closed(&b, w, err, body)
	for _, o := range out {
		unix := bytes.Clone(o)
		unix[9] = 3
		return append(out, unix)
	}
	return out
}

func closed(b *bytes.Buffer, w io.WriteCloser, err error, body []byte) [][]byte {
	if err != nil {
		return nil
	}
	if _, err := w.Write(body); err != nil {
		return nil
	}
	if err := w.Close(); err != nil {
		return nil
	}
	return [][]byte{b.Bytes()}
}
