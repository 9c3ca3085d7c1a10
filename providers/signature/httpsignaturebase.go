package signature

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strings"
)

// knows tells whether name is a component of the form.
func (s HTTPSignature) knows(name string) bool {
	switch name {
	case "(request-target)", "(created)", "(expires)":
		return s.Form == formCavage
	case "@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query":
		return s.Form == formRFC
	}
	return IsToken(name) && name == strings.ToLower(name)
}

// base is the text that was signed, line by line.
func (c *httpCheck) base(input signedInput) ([]byte, *fault) {
	lines := make([]string, 0, len(input.components)+1)
	for _, name := range input.components {
		value, there := c.component(name, input)
		if !there {
			where := name + " of the message"
			return nil, &fault{aboutAnything, where, "a value", "", where + " is not there: the signature needs it"}
		}
		if c.scheme.Form == formRFC {
			name = `"` + name + `"`
		}
		lines = append(lines, name+": "+value)
	}
	if c.scheme.Form == formRFC {
		lines = append(lines, `"@signature-params": `+input.raw)
	}
	return []byte(strings.Join(lines, "\n")), nil
}

// component is the value of one component. Fields of the same name are joined
// with commas, as both forms have it.
func (c *httpCheck) component(name string, input signedInput) (value string, there bool) {
	path, query, asked := strings.Cut(c.m.Target, "?")
	scheme, rest, _ := strings.Cut(c.m.URL, "://")
	switch name {
	case "(request-target)":
		return strings.ToLower(c.m.Method) + " " + c.m.Target, c.m.Target != ""
	case "(created)", "(expires)":
		value, there = input.params[strings.Trim(name, "()")]
		return value, there
	case "@method":
		return c.m.Method, c.m.Method != ""
	case "@target-uri":
		return c.m.URL, c.m.URL != ""
	case "@authority":
		host := strings.ToLower(rest[:strings.IndexAny(rest+"/", "/?#")])
		return strings.TrimSuffix(host, map[string]string{"https": ":443", "http": ":80"}[scheme]), host != ""
	case "@scheme":
		return strings.ToLower(scheme), rest != ""
	case "@request-target":
		return c.m.Target, c.m.Target != ""
	case "@path":
		return path, path != ""
	case "@query":
		return "?" + query, asked || path != ""
	}
	values := c.m.Header.Values(name)
	for i, v := range values {
		values[i] = strings.TrimSpace(v)
	}
	return strings.Join(values, ", "), len(values) > 0
}

// digestHeaders are those that hold a digest of the body, by their form.
var digestHeaders = [...]string{"digest", "content-digest", "repr-digest"}

// checkDigests compares every signed digest with the body: a signed digest of
// another body proves nothing.
func (c *httpCheck) checkDigests(components []string) Outcome {
	for _, name := range digestHeaders {
		if !slices.Contains(components, name) {
			continue
		}
		header := strings.Join(c.m.Header.Values(name), ",")
		same, known := sameDigests(header, name != "digest", c.m.Body)
		switch {
		case !known:
			where, want, got := "the header "+name, "a SHA-256 or SHA-512 of the body", c.quote(header)
			c.fail("Digest of the body", fault{aboutAnything, where, want, got, where + ": expected " + want + ", got " + got})
			return Malformed
		case !same:
			c.note(false, "Digest of the body", "the body is not the one that was signed: "+c.safe(header)+" is the digest of another")
			return Mismatch
		}
		c.note(true, "Digest of the body", name+" "+c.short(header)+" is that of the body")
	}
	return ""
}

// sameDigests reads "sha-256=...,sha-512=..."; in the newer form there are
// colons around the base64. All known digests must be those of the body.
func sameDigests(header string, colons bool, body []byte) (same, known bool) {
	same = true
	for member := range strings.SplitSeq(header, ",") {
		name, text, _ := strings.Cut(strings.TrimSpace(member), "=")
		var sum []byte
		switch strings.ToLower(name) {
		case "sha-256":
			s := sha256.Sum256(body)
			sum = s[:]
		case "sha-512":
			s := sha512.Sum512(body)
			sum = s[:]
		default:
			continue
		}
		if colons {
			inner, open := strings.CutPrefix(text, ":")
			inner, closed := strings.CutSuffix(inner, ":")
			if !open || !closed {
				return false, false
			}
			text = inner
		}
		got, err := base64.RawStdEncoding.DecodeString(unpad(text))
		if err != nil {
			return false, false
		}
		known = true
		same = same && subtle.ConstantTimeCompare(got, sum) == 1
	}
	return same, known
}

// coverOf says what signed components protect.
func coverOf(components []string) (Cover, []string) {
	cover, parts := CoverFields, []string(nil)
	add := func(names ...string) {
		for _, name := range names {
			if !slices.Contains(parts, name) {
				parts = append(parts, name)
			}
		}
	}
	for _, name := range components {
		switch name {
		case "(created)", "(expires)":
		case "(request-target)":
			add(string(PartMethod), string(PartURL))
		case "@method":
			add(string(PartMethod))
		case "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query":
			add(string(PartURL))
		case "digest", "content-digest", "repr-digest":
			cover = CoverBody
			add(string(PartBody))
		default:
			add(string(PartHeader) + ":" + name)
		}
	}
	if len(parts) == 0 {
		return CoverNone, nil
	}
	return cover, parts
}
