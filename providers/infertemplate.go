package providers

import (
	"slices"
	"strings"

	"shopbell/providers/signature"
)

// stage makes templates of one degree of complexity.
type stage func(q *inference, ts stamp) []signature.Template

// stages are in the order in which they are tried.
func stages() []stage {
	return []stage{plainLevel, namedLevel, versionLevel, requestLevel, digestLevel, formLevel, fieldLevel}
}

// separators are what providers put between parts.
var separators = [...]string{"", ".", ":", "|", "\n", ",", "-", "&", ";", "+", "_", " ", "/"}

// join makes one template of each separator out of parts in that order.
func join(out []signature.Template, parts ...signature.Part) []signature.Template {
	for _, sep := range separators {
		out = append(out, joined(sep, parts))
		if len(parts) == 1 {
			break
		}
	}
	return out
}

func joined(sep string, parts []signature.Part) signature.Template {
	t := make(signature.Template, 0, 2*len(parts))
	for i, p := range parts {
		if i > 0 && sep != "" {
			t = append(t, signature.Part{Kind: signature.PartLiteral, Name: sep})
		}
		t = append(t, p)
	}
	return t
}

func part(kind signature.PartKind) signature.Part { return signature.Part{Kind: kind} }

// plainLevel is the body, and the body with the time.
func plainLevel(_ *inference, ts stamp) (out []signature.Template) {
	body, at := part(signature.PartBody), part(signature.PartTimestamp)
	if ts.at.IsZero() {
		return join(out, body)
	}
	out = join(out, at, body)
	return join(out, body, at)
}

// namedLevel adds one other header: an id, a nonce, a name of the account.
func namedLevel(q *inference, ts stamp) (out []signature.Template) {
	body, at := part(signature.PartBody), part(signature.PartTimestamp)
	for _, name := range q.names {
		if ts.at.IsZero() {
			out = join(out, name, body)
			out = join(out, body, name)
			out = join(out, name, body, name)
			continue
		}
		for _, order := range [][]signature.Part{{name, at, body}, {at, name, body}, {body, at, name}, {body, name, at}, {name, body, at}, {at, body, name}} {
			out = join(out, order...)
		}
	}
	return out
}

// versionLevel puts a version before the parts: "v0:{timestamp}:{body}".
func versionLevel(_ *inference, ts stamp) (out []signature.Template) {
	body, at := part(signature.PartBody), part(signature.PartTimestamp)
	for _, version := range []string{"v0", "v1", "v2", "v3", "1"} {
		literal := signature.Part{Kind: signature.PartLiteral, Name: version}
		if ts.at.IsZero() {
			out = join(out, literal, body)
			continue
		}
		out = join(out, literal, at, body)
	}
	return out
}

// requestLevel adds the URL and the method.
func requestLevel(q *inference, ts stamp) (out []signature.Template) {
	body, at, method := part(signature.PartBody), part(signature.PartTimestamp), part(signature.PartMethod)
	for _, where := range []signature.Part{part(signature.PartURL), part(signature.PartTarget), part(signature.PartPath), part(signature.PartHost)} {
		orders := [][]signature.Part{{where, body}, {body, where}, {where}, {method, where, body}, {method, where}}
		if !ts.at.IsZero() {
			orders = [][]signature.Part{{where, at, body}, {at, where, body}, {method, where, at, body}, {method, where, body, at},
				{at, method, where, body}, {where, body, at}, {at, body, where}, {body, at, where}, {method, where, at}, {at, where}}
		}
		for _, order := range orders {
			out = join(out, order...)
		}
	}
	return out
}

// digestLevel signs a digest or another form of the body in the simpler templates.
func digestLevel(q *inference, ts stamp) (out []signature.Template) {
	var simple []signature.Template
	for _, l := range []stage{plainLevel, namedLevel, versionLevel, requestLevel} {
		simple = append(simple, l(q, ts)...)
	}
	for _, filters := range []string{"{body|sha256|hex}", "{body|compact}", "{body|sha256}", "{body|sha256|base64}", "{body|md5|hex}", "{body|sha512|hex}", "{body|base64}", "{body|md5|hex|upper}"} {
		body, err := signature.ParseTemplate(filters)
		if err != nil {
			continue
		}
		for _, t := range simple {
			out = append(out, replaced(t, body[0]))
		}
	}
	return out
}

// replaced puts another part in the body's place.
func replaced(t signature.Template, by signature.Part) signature.Template {
	t = slices.Clone(t)
	for i := range t {
		if t[i].Kind == signature.PartBody {
			t[i] = by
		}
	}
	return t
}

// formLevel signs the sorted fields of a form.
func formLevel(q *inference, _ stamp) (out []signature.Template) {
	if !strings.HasPrefix(q.m.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return nil
	}
	for _, text := range []string{"{url}{form|sorted}", "{form|sorted}", "{form|sorted:=:&}", "{url}{form|sorted:=:&}"} {
		if t, err := signature.ParseTemplate(text); err == nil {
			out = append(out, t)
		}
	}
	return out
}

// fieldLevel signs up to three fields of the body without the rest of it.
func fieldLevel(q *inference, _ stamp) (out []signature.Template) {
	var fields []signature.Part
	for _, v := range valuesOf(q.m) {
		if v.part.Kind == signature.PartJSON || v.part.Kind == signature.PartForm {
			fields = append(fields, v.part)
		}
	}
	fields = fields[:min(len(fields), 10)]
	for _, a := range fields {
		out = join(out, a)
	}
	for i, a := range fields {
		for j, b := range fields {
			if i != j {
				out = join(out, a, b)
			}
		}
	}
	for i, a := range fields {
		for j, b := range fields {
			for k, c := range fields {
				if i != j && j != k && i != k {
					out = join(out, a, b, c)
				}
			}
		}
	}
	return out
}

// namesOf lists the headers that may be signed beside the body: short values
// that are neither the signature nor a time, nor such as every client sends.
func namesOf(m signature.Message, places []place, stamps []stamp) (out []signature.Part) {
	taken := map[string]bool{"host": true, "user-agent": true, "accept": true, "accept-encoding": true, "connection": true, "content-length": true}
	for _, p := range places {
		taken[strings.ToLower(p.at.Name)] = true
	}
	for _, s := range stamps {
		taken[strings.ToLower(s.at.Name)] = true
	}
	for _, f := range m.Header {
		if !taken[strings.ToLower(f.Name)] && f.Value != "" && len(f.Value) <= 128 && len(out) < 12 {
			out = append(out, signature.Part{Kind: signature.PartHeader, Name: f.Name})
		}
	}
	return out
}
