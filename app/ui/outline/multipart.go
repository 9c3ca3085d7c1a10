package outline

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"strconv"
	"strings"
	"unicode/utf8"

	"shopbell/providers/signature"
)

// Part is one part of a multipart body.
type Part struct {
	Header  signature.Header
	Name    string // of the form's field
	File    string // "" for a part that is no file
	Media   string // type/subtype, "text/plain" when it says none
	Content []byte // as received
	At      Span   // the content in the body
}

// mostParts bounds the parts that are listed; mostFields the header of one.
const (
	mostParts  = 10_000
	mostFields = 100
)

// PartsFault is where a multipart body breaks off, and why.
type PartsFault struct {
	Offset int
	Says   Reason
}

// Boundary is the boundary that a Content-Type names, "" when it is not
// multipart.
func Boundary(contentType string) string {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(media, "multipart/") {
		return ""
	}
	return params["boundary"]
}

// Parts takes a multipart body apart. What came before a fault is there.
func Parts(body []byte, boundary string) ([]Part, *PartsFault) {
	mark, nextMark := []byte("--"+boundary), []byte("\n--"+boundary)
	at := bytes.Index(body, mark)
	if at < 0 {
		return nil, &PartsFault{0, Reason{Why: BoundaryAbsent, Name: boundary}}
	}
	var parts []Part
	for {
		at += len(mark)
		if bytes.HasPrefix(body[at:], []byte("--")) {
			return parts, nil
		}
		end := bytes.IndexByte(body[at:], '\n')
		if end < 0 || len(bytes.TrimSpace(body[at:at+end])) > 0 {
			return parts, &PartsFault{at, Reason{Why: BoundaryUnended}}
		}
		if len(parts) == mostParts {
			return parts, &PartsFault{at, Reason{Why: PartsTooMany, Name: strconv.Itoa(mostParts)}}
		}
		from := at + end + 1
		if bytes.HasPrefix(body[from:], mark) { // a part without anything
			at = from
			parts = append(parts, Part{Media: "text/plain", At: span(from, from)})
			continue
		}
		next := bytes.Index(body[from:], nextMark)
		if next < 0 {
			parts = append(parts, readPart(body, from, len(body)))
			return parts, &PartsFault{len(body), Reason{Why: BoundaryMissing}}
		}
		parts = append(parts, readPart(body, from, from+next))
		at = from + next + 1
	}
}

// readPart reads header and content between two boundaries.
func readPart(body []byte, from, to int) Part {
	if to > from && to < len(body) && body[to-1] == '\r' {
		to--
	}
	p := Part{Media: "text/plain"}
	at := from
	for range mostFields {
		end := bytes.IndexByte(body[at:max(at, to)], '\n')
		line := body[at:max(at, to)]
		if end >= 0 {
			line = line[:end]
		}
		at = min(to, at+len(line)+1)
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte{':'})
		p.Header = append(p.Header, signature.Field{Name: string(name), Value: string(bytes.TrimSpace(value))})
	}
	at = max(from, min(at, to))
	p.At, p.Content = span(at, max(at, to)), body[at:max(at, to)]
	if _, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition")); err == nil {
		p.Name, p.File = params["name"], params["filename"]
	}
	if media, _, err := mime.ParseMediaType(p.Header.Get("Content-Type")); err == nil {
		p.Media = media
	}
	return p
}

// Decoded is the content without its transfer encoding; as received where
// there is none or it is broken.
func (p Part) Decoded() []byte {
	var r io.Reader
	switch strings.ToLower(p.Header.Get("Content-Transfer-Encoding")) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, bytes.NewReader(p.Content))
	case "quoted-printable":
		r = quotedprintable.NewReader(bytes.NewReader(p.Content))
	default:
		return p.Content
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return p.Content
	}
	return plain
}

// Label is what a part is called: its name and file, or its type.
func (p Part) Label() string {
	switch {
	case p.File != "" && p.Name != "":
		return p.Name + " (" + p.File + ")"
	case p.File != "":
		return p.File
	case p.Name != "":
		return p.Name
	}
	return p.Media
}

// Readable tells whether content is text.
func Readable(content []byte) bool {
	return utf8.Valid(content) && bytes.IndexByte(content, 0) < 0
}

// multipartBranch is the parts of a body.
type multipartBranch struct {
	parts []Part
	eyes  Eyes
	size  func(int64) string
}

// Multipart is the parts of a body; size says a number of bytes.
func Multipart(parts []Part, eyes Eyes, size func(int64) string) Branch {
	return multipartBranch{parts, eyes, size}
}

func (b multipartBranch) Len() int       { return len(b.parts) }
func (b multipartBranch) Size(i int) int { return len(b.parts[i].Content) }

func (b multipartBranch) Node(i int) Node {
	p := b.parts[i]
	n := Node{Name: preview([]byte(p.Label())), Class: Group, Opens: true, Remark: p.Media + ", " + b.size(int64(len(p.Content)))}
	if start := beginning(p.Content); Readable(start) && p.File == "" {
		n.Value = preview(start)
	}
	return n
}

func (b multipartBranch) Value(i int) string { return string(b.eyes.Masked(b.parts[i].Decoded())) }

func (b multipartBranch) Way(i int) Way {
	p := b.parts[i]
	if p.Name == "" {
		return Way{Path: fmt.Sprintf("part %d", i+1)}
	}
	return Way{Path: p.Name}
}

func (b multipartBranch) Keys(int) ([]string, WayKind) { return nil, InOther }

func (b multipartBranch) Open(i int) Branch {
	p := b.parts[i]
	f := &fixed{}
	for _, field := range p.Header {
		f.add(Node{Name: preview([]byte(field.Name)), Value: preview([]byte(field.Value)), Class: Word}, field.Value, nil)
	}
	content := p.Decoded()
	below := inside(content, b.eyes)
	n := Node{Name: "content", Ours: true, Opens: below != nil, Remark: b.size(int64(len(content)))}
	content = b.eyes.Masked(content)
	if Readable(content) {
		n.Value = preview(content)
	}
	f.add(n, string(content), below)
	return f
}
