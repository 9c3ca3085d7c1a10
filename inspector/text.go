package inspector

import (
	"bytes"
	"html"
	"net/url"
	"strconv"

	"github.com/tidwall/gjson"
)

// textDepth bounds how often a text inside a text is decoded, such as JSON in a
// JSON string.
const textDepth = 3

// texts are what a word is looked for in without reading more than the summary.
func (s *Summary) texts() [7]string {
	return [...]string{s.Event, s.Provider, s.Endpoint, s.DeliveryID, s.Path, s.Method, s.Hint}
}

// Texts calls f with each text that a query looks into, until f returns false;
// it tells whether f never did. The bytes are good until f returns.
//
// The texts are those of the summary, the names and values of the header, the
// note, the body as it is, and what stands in the body in other letters than
// people read: JSON strings with escapes, form fields, XML with entities, the
// parts of a multipart body with a transfer encoding, a compressed body, and
// numbers in their plainest form.
func (c *Capture) Texts(f func(text []byte) bool) bool {
	var room []byte
	for _, text := range c.Summary.texts() {
		room = append(room[:0], text...)
		if len(text) > 0 && !f(room) {
			return false
		}
	}
	return f([]byte(c.ID.String())) && c.eachText(f)
}

// eachText is Texts without those of the summary.
func (c *Capture) eachText(f func(text []byte) bool) bool {
	room := make([]byte, 0, 256)
	for _, field := range c.Message.Header {
		if room = append(room[:0], field.Name...); !f(room) {
			return false
		}
		if room = append(room[:0], field.Value...); !f(room) {
			return false
		}
	}
	if c.Note != "" && !f([]byte(c.Note)) {
		return false
	}
	w := textWalk{f: f}
	w.body(c.Message.Header.Get("Content-Type"), c.Message.Header.Get("Content-Encoding"), c.Message.Body)
	return !w.done
}

// textWalk hands the texts of a body to f until it wants no more.
type textWalk struct {
	f    func(text []byte) bool
	done bool
}

func (w *textWalk) text(text []byte) { w.done = w.done || !w.f(text) }

func (w *textWalk) body(kind, coding string, body []byte) {
	if len(body) == 0 {
		return
	}
	w.text(body)
	if plain := inflateText(coding, body); plain != nil {
		body = plain
		w.text(body)
	}
	if !w.done {
		w.decoded(kind, body, textDepth)
	}
}

// decoded hands out what body holds that does not stand there letter by letter.
func (w *textWalk) decoded(kind string, body []byte, depth int) {
	start := bytes.TrimLeft(body, " \t\r\n\ufeff")
	if depth == 0 || len(start) == 0 {
		return
	}
	// Many call JSON a form: that a body is JSON is seen from its content.
	if bytes.IndexByte([]byte(`{["-0123456789`), start[0]) >= 0 {
		w.json(body, depth)
	}
	switch {
	case isFormType(kind):
		w.form(body, depth)
	case containsFold(kind, "multipart/"):
		w.multipart(kind, body, depth)
	case start[0] == '<' && bytes.IndexByte(body, '&') >= 0:
		w.text([]byte(html.UnescapeString(string(body))))
	}
}

// form decodes what it can of a form body.
func (w *textWalk) form(body []byte, depth int) {
	for pair := range bytes.SplitSeq(body, []byte("&")) {
		if w.done {
			return
		}
		plain := pair
		if bytes.ContainsAny(pair, "%+") {
			text, err := url.QueryUnescape(string(pair))
			if err != nil {
				continue
			}
			plain = []byte(text)
			w.text(plain)
		}
		if _, value, ok := bytes.Cut(plain, []byte("=")); ok {
			w.decoded("", value, depth-1) // some send JSON in a field
		}
	}
}

// json decodes the strings of a JSON text that have escapes, and writes numbers
// plainly that are not.
func (w *textWalk) json(body []byte, depth int) {
	escapes, checked := bytes.IndexByte(body, '\\') >= 0, false
	for i := 0; i < len(body) && !w.done; {
		begin, plain, text := i, []byte(nil), false
		switch c := body[i]; {
		case c == '"':
			if i = stringEnd(body, i); escapes && bytes.IndexByte(body[begin:i], '\\') >= 0 {
				plain, text = []byte(gjson.ParseBytes(body[begin:i]).String()), true
			}
		case c == '-' || '0' <= c && c <= '9':
			i = numberEnd(body, i)
			plain = plainerNumber(body[begin:i])
		default:
			i++
		}
		if plain == nil {
			continue
		}
		if !checked && !gjson.ValidBytes(body) { // not asked before there is a need, as it takes long
			return
		}
		checked = true
		if w.text(plain); text && !w.done {
			w.decoded("", plain, depth-1)
		}
	}
}

// plainerNumber is the plain form of a number, nil if that is how it stands.
func plainerNumber(raw []byte) []byte {
	if len(raw) <= 15 && bytes.IndexByte(raw, 'e') < 0 && bytes.IndexByte(raw, 'E') < 0 &&
		(raw[len(raw)-1] != '0' || bytes.IndexByte(raw, '.') < 0) {
		return nil
	}
	n, _ := strconv.ParseFloat(string(raw), 64) // as gjson reads it
	if plain := plainNumber(n); plain != string(raw) {
		return []byte(plain)
	}
	return nil
}

func numberEnd(body []byte, i int) int {
	for i++; i < len(body) && bytes.IndexByte([]byte("0123456789+-.eE"), body[i]) >= 0; i++ {
	}
	return i
}

// stringEnd returns where the JSON string that starts at i ends.
func stringEnd(body []byte, i int) int {
	for start := i + 1; ; {
		n := bytes.IndexByte(body[start:], '"')
		if n < 0 {
			return len(body)
		}
		end := start + n
		slashes := 0
		for body[end-1-slashes] == '\\' {
			slashes++
		}
		if start = end + 1; slashes%2 == 0 {
			return start
		}
	}
}
