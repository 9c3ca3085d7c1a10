package signature

import "bytes"

// maxBody is the largest body that is changed on trial; larger ones are
// hashed as received only.
const maxBody = 1 << 20

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// bodyChange is one way in which a body is changed by accident.
type bodyChange struct {
	cause Cause
	body  []byte
	says  string // what was done to get the signed body back
}

const bodyDo = "Look for what changes the body between the provider and here: a proxy, an editor, a client that trims or decodes it."

// body tries the bodies that may have been signed instead of the received one.
func (q *inquiry) body() *Diagnosis {
	if q.shared != nil && !q.shared.signsBody() {
		return nil
	}
	if len(q.m.Body) > maxBody {
		q.tried = append(q.tried, "no changes to the body: it is larger than 1 MiB")
		return nil
	}
	for _, look := range []struct {
		changes []bodyChange
		tried   string
	}{
		{newlineChanges(q.m.Body), "a line end added to the body or cut from it"},
		{lineEndChanges(q.m.Body), "CRLF and LF in the body"},
		{bomChanges(q.m.Body), "a byte order mark before the body"},
	} {
		before := q.done
		if d := q.changed(look.changes); d != nil {
			return d
		}
		q.note(before, look.tried)
	}
	return q.reencoded()
}

// bom tries a byte order mark alone, which also makes JSON unreadable.
func (q *inquiry) bom() *Diagnosis {
	inBody := q.check == nil || q.check.fault.about == aboutAnything
	if !inBody || len(q.m.Body) > maxBody {
		return nil
	}
	before := q.done
	if d := q.changed(bomChanges(q.m.Body)); d != nil {
		return d
	}
	q.note(before, "a byte order mark before the body")
	return nil
}

func (q *inquiry) changed(changes []bodyChange) *Diagnosis {
	for _, c := range changes {
		m := q.m
		m.Body = c.body
		if !q.holds(m, q.own...) {
			continue
		}
		was := ": the body that was signed is not quite the one that arrived."
		if q.shared != nil && !q.shared.signsBody() {
			was = ": with it, the signed fields can't be read."
		}
		return &Diagnosis{Cause: c.cause, Says: "It matches " + c.says + was, Do: bodyDo}
	}
	return nil
}

// signsBody tells whether any template holds the body's bytes.
func (s Shared) signsBody() bool {
	for _, t := range s.Templates {
		if t.has(PartBody) || t.has(PartHash) {
			return true
		}
	}
	return false
}

func newlineChanges(body []byte) []bodyChange {
	changes := []bodyChange{
		{BodyNewline, join(body, []byte("\n")), "with a line end (LF) added to the body"},
		{BodyNewline, join(body, []byte("\r\n")), "with a line end (CRLF) added to the body"},
	}
	if cut := bytes.TrimSuffix(bytes.TrimSuffix(body, []byte("\n")), []byte("\r")); len(cut) < len(body) {
		changes = append(changes, bodyChange{BodyNewline, cut, "without the line end behind the body"})
		if all := bytes.TrimRight(body, "\r\n"); len(all) < len(cut) {
			changes = append(changes, bodyChange{BodyNewline, all, "without the line ends behind the body"})
		}
	}
	return changes
}

func lineEndChanges(body []byte) []bodyChange {
	if !bytes.Contains(body, []byte("\n")) {
		return nil
	}
	lf := bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	crlf := bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n"))
	return []bodyChange{
		{BodyLineEndings, lf, "with LF for each CRLF in the body"},
		{BodyLineEndings, crlf, "with CRLF for each LF in the body"},
	}
}

func bomChanges(body []byte) []bodyChange {
	if cut, ok := bytes.CutPrefix(body, []byte(byteOrderMark)); ok {
		return []bodyChange{{BodyBOM, cut, "without the byte order mark before the body"}}
	}
	return []bodyChange{{BodyBOM, join([]byte(byteOrderMark), body), "with a byte order mark before the body"}}
}

func join(a, b []byte) []byte {
	return append(append(make([]byte, 0, len(a)+len(b)), a...), b...)
}
