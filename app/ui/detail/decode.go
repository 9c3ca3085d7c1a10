package detail

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/providers/signature"
)

const (
	// viewLimit bounds what a compressed body may grow to for viewing.
	viewLimit = 32 << 20
	// maxEncodings bounds how many times a body is decoded.
	maxEncodings = 3
)

// decoded is a body as it can be read, with what was done to it in words.
type decoded struct {
	body []byte
	note string
	same bool // nothing was done
}

// decode undoes the Content-Encoding for viewing; the body that is kept,
// checked and forwarded stays as received.
func decode(header signature.Header, body []byte) decoded {
	names := encodings(header)
	if len(names) == 0 || len(body) == 0 {
		return decoded{body: body, same: true}
	}
	if len(names) > maxEncodings {
		return decoded{body: body, same: true, note: lang.N("Encoded {{.Count}} times over; shown as received.", len(names), map[string]any{"Count": len(names)})}
	}
	said := strings.Join(names, ", ")
	out, cut := body, false
	for i := len(names) - 1; i >= 0; i-- { // the last one was applied last
		var err error
		if out, cut, err = inflate(names[i], out); err != nil {
			return decoded{body: body, same: true, note: lang.L("Sent as {{.Coding}}, which can't be read ({{.Why}}); shown as received. Copy it to decode it elsewhere, or have the sender send it plain or as gzip.",
				map[string]any{"Coding": said, "Why": err})}
		}
	}
	note := lang.L("Sent as {{.Coding}} ({{.Size}}); decompressed for viewing only. The signature, the shop and exports get the bytes as received.",
		map[string]any{"Coding": said, "Size": look.Bytes(int64(len(body)))})
	if cut {
		note += " " + lang.L("Cut at {{.Size}}.", map[string]any{"Size": look.Bytes(viewLimit)})
	}
	return decoded{body: out, note: note}
}

// encodings are the content codings in the order in which they were applied.
func encodings(header signature.Header) []string {
	var names []string
	for _, value := range header.Values("Content-Encoding") {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" && name != "identity" {
				names = append(names, name)
			}
		}
	}
	return names
}

// inflate undoes one coding, up to viewLimit bytes.
func inflate(name string, body []byte) (out []byte, cut bool, err error) {
	var r io.Reader
	switch name {
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		// Deflate means a zlib stream, but many senders leave its wrapper out.
		if r, err = zlib.NewReader(bytes.NewReader(body)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(body)), nil
		}
	default:
		err = errors.New(lang.L("coding {{.Name}} is not known, expected gzip or deflate", map[string]any{"Name": strconv.Quote(name)}))
	}
	if err != nil {
		return nil, false, err
	}
	out, err = io.ReadAll(io.LimitReader(r, viewLimit+1))
	if len(out) > viewLimit {
		return out[:viewLimit], true, nil
	}
	return out, false, err
}
