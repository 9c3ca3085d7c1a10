package signature

import (
	"bytes"
	"iter"
)

// maxBody is the largest body that is changed on trial; larger ones are
// hashed as received only.
const maxBody = 1 << 20

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

const bodyDo = "Look for what changes the body between the provider and here: a proxy, an editor, a client that trims or decodes it."

// variant is a body that may have been signed instead of the received one.
type variant struct {
	cause Cause
	body  []byte
	says  string // what was done to get the signed body back
}

// bodies tries variants of the body. Those that equal it are left out.
func (q *search) bodies(tried string, variants iter.Seq[variant]) *Diagnosis {
	if !readsBody(q.Scheme) {
		return nil
	}
	if len(q.Message.Body) > maxBody {
		q.noteOnce("no changes to the body: it is larger than 1 MiB")
		return nil
	}
	before := q.compared
	if d := q.with(q.bodyChanges(variants)); d != nil {
		return d
	}
	if tried != "" {
		q.note(before, q.compared, tried)
	}
	return nil
}

// noteOnce adds to what was tried if it isn't there yet.
func (q *search) noteOnce(text string) {
	if len(q.tried) == 0 || q.tried[len(q.tried)-1] != text {
		q.tried = append(q.tried, text)
	}
}

func (q *search) bodyChanges(variants iter.Seq[variant]) iter.Seq[change] {
	return func(yield func(change) bool) {
		for v := range variants {
			if bytes.Equal(v.body, q.Message.Body) {
				continue
			}
			a := accident{cause: v.cause, says: v.says, why: "the body that was signed is not quite the one that arrived", do: bodyDo,
				evidence: func() string { return q.difference(v.body) }}
			if !signsBody(q.Scheme) {
				a.why = "as it is, the signed fields can't be read"
			}
			if !yield(change{accident: a, body: v.body, rewrote: true}) {
				return
			}
		}
	}
}

// sequence yields the variants of a list.
func sequence(variants []variant) iter.Seq[variant] {
	return func(yield func(variant) bool) {
		for _, v := range variants {
			if !yield(v) {
				return
			}
		}
	}
}

// newlines tries a line end added to the body or cut from it.
func (q *search) newlines() *Diagnosis {
	return q.bodies("a line end added to the body or cut from it", func(yield func(variant) bool) {
		if len(q.Message.Body) <= maxBody {
			sequence(newlineVariants(q.Message.Body))(yield)
		}
	})
}

func newlineVariants(body []byte) []variant {
	out := []variant{
		{BodyNewline, join(body, []byte("\n")), "with a line end (LF) added to the body"},
		{BodyNewline, join(body, []byte("\r\n")), "with a line end (CRLF) added to the body"},
	}
	if less := bytes.TrimSuffix(bytes.TrimSuffix(body, []byte("\n")), []byte("\r")); len(less) < len(body) {
		out = append(out, variant{BodyNewline, less, "without the line end behind the body"},
			variant{BodyNewline, bytes.TrimRight(body, "\r\n"), "without the line ends behind the body"})
	}
	return append(out,
		variant{BodyNewline, bytes.TrimSpace(body), "without the white space around the body"},
		variant{BodyNewline, join([]byte("\n"), body), "with a line end (LF) before the body"},
		variant{BodyNewline, join(body, []byte("\n\n")), "with two line ends (LF) added to the body"})
}

// lineEnds tries CRLF for LF in the body, and the other way round.
func (q *search) lineEnds() *Diagnosis {
	return q.bodies("CRLF and LF in the body", func(yield func(variant) bool) {
		sequence(lineEndVariants(q.Message.Body))(yield)
	})
}

func lineEndVariants(body []byte) []variant {
	if len(body) > maxBody || !bytes.ContainsAny(body, "\r\n") {
		return nil
	}
	lf := bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	lf = bytes.ReplaceAll(lf, []byte("\r"), []byte("\n"))
	bare := bytes.TrimSuffix(lf, []byte("\n"))
	out := []variant{
		{BodyLineEndings, lf, "with LF for each CRLF in the body"},
		{BodyLineEndings, bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n")), "with CRLF for each LF in the body"},
	}
	if bytes.Contains(bare, []byte("\n")) {
		out = append(out, variant{BodyLineEndings, bytes.ReplaceAll(bare, []byte("\n"), []byte("\r\n")), "with CRLF for each LF in the body and none behind it"},
			variant{BodyLineEndings, bytes.ReplaceAll(bare, []byte("\n"), nil), "without the line ends in the body"})
	}
	return out
}

// byteOrderMark tries the mark before the body that some editors write.
func (q *search) byteOrderMark() *Diagnosis {
	return q.bodies("a byte order mark before the body", func(yield func(variant) bool) {
		body := q.Message.Body
		if len(body) > maxBody {
			return
		}
		if less, ok := bytes.CutPrefix(body, []byte(byteOrderMark)); ok {
			yield(variant{BodyBOM, less, "without the byte order mark before the body"})
			return
		}
		yield(variant{BodyBOM, join([]byte(byteOrderMark), body), "with a byte order mark before the body"})
	})
}

func join(a, b []byte) []byte {
	return append(append(make([]byte, 0, len(a)+len(b)), a...), b...)
}
