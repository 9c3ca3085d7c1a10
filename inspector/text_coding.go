package inspector

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
)

const (
	// maxInflated bounds in bytes how far a compressed body is searched.
	maxInflated = 1 << 20
	// maxTextParts bounds the parts of a multipart body that are decoded.
	maxTextParts = 100
)

// inflateText undoes one content coding, as far as it goes; nil when there is
// none that is known.
func inflateText(coding string, body []byte) []byte {
	var r io.Reader
	var err error
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		// Deflate means a zlib stream, but many senders leave its wrapper out.
		if r, err = zlib.NewReader(bytes.NewReader(body)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(body)), nil
		}
	default:
		return nil
	}
	if err != nil {
		return nil
	}
	plain, _ := io.ReadAll(io.LimitReader(r, maxInflated)) // what can be read counts
	return plain
}

// multipart decodes the parts that have a transfer encoding, or whose content
// needs decoding.
func (w *textWalk) multipart(kind string, body []byte, depth int) {
	_, params, err := mime.ParseMediaType(kind)
	if err != nil || params["boundary"] == "" {
		return
	}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for n := 0; n < maxTextParts && !w.done; n++ {
		p, err := parts.NextRawPart()
		if err != nil {
			return
		}
		content, _ := io.ReadAll(p)
		w.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), content, depth-1)
	}
}

func (w *textWalk) part(kind, encoding string, content []byte, depth int) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		content, _ = io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(content)))
		w.text(content)
	case "quoted-printable":
		content, _ = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(content)))
		w.text(content)
	}
	if !w.done {
		w.decoded(kind, content, depth)
	}
}
