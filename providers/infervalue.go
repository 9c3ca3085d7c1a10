package providers

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"shopbell/providers/signature"
)

// The limits of a look at a message: more than any provider sends.
const (
	maxMessageValues = 160
	maxValue         = 8 << 10 // bytes of one that may be a signature
	maxDepth         = 6       // of objects and arrays in a JSON body
	maxContainers    = 12
)

// value is one text of the message, and its name.
type value struct {
	part signature.Part
	text string
}

// valuesOf lists the header, the query, and the fields of a form or of a JSON
// body, outer ones first. A value that is JSON in base64 is looked into.
func valuesOf(m signature.Message) (out []value) {
	add := func(p signature.Part, text string) {
		if len(out) < maxMessageValues && p.Name != "" && text != "" {
			out = append(out, value{p, text})
		}
	}
	for _, f := range m.Header {
		add(signature.Part{Kind: signature.PartHeader, Name: f.Name}, f.Value)
	}
	_, query, _ := strings.Cut(m.Target, "?")
	for name, text := range pairsOf(query) {
		add(signature.Part{Kind: signature.PartQuery, Name: name}, text)
	}
	if strings.HasPrefix(m.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		for name, text := range pairsOf(string(m.Body)) {
			add(signature.Part{Kind: signature.PartForm, Name: name}, text)
		}
	} else if signature.ValidJSON(m.Body) {
		doc := gjson.ParseBytes(m.Body)
		for depth := range maxDepth {
			leaves(doc, "", depth, func(path, text string) { add(signature.Part{Kind: signature.PartJSON, Name: path}, text) })
		}
	}
	for _, v := range out {
		if doc, ok := wrapped(v.text); ok {
			leaves(doc, "", 0, func(path, text string) {
				p := v.part
				p.Filters = []signature.Filter{{Name: "unbase64"}, {Name: "json", Arg: path}}
				add(p, text)
			})
		}
	}
	return out
}

// wrapped is the JSON object that text is in base64.
func wrapped(text string) (gjson.Result, bool) {
	if len(text) < 32 || len(text) > maxValue {
		return gjson.Result{}, false
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil || !signature.ValidJSON(b) {
		return gjson.Result{}, false
	}
	doc := gjson.ParseBytes(b)
	return doc, doc.IsObject()
}

// pairsOf yields the fields of a form or query in order.
func pairsOf(text string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for pair := range strings.SplitSeq(text, "&") {
			k, v, _ := strings.Cut(pair, "=")
			name, err := url.QueryUnescape(k)
			plain, err2 := url.QueryUnescape(v)
			if err == nil && err2 == nil && !yield(name, plain) {
				return
			}
		}
	}
}

// leaves calls add with the path and text of each plain value that stands just
// so deep.
func leaves(doc gjson.Result, path string, depth int, add func(path, text string)) {
	children(doc, path, func(path string, v gjson.Result) {
		switch {
		case v.IsObject() || v.IsArray():
			if depth > 0 {
				leaves(v, path, depth-1, add)
			}
		case depth > 0:
		case v.Type == gjson.String:
			add(path, v.Str)
		case v.Type != gjson.Null:
			add(path, v.Raw)
		}
	})
}

// children calls each with the members of an object, or the first elements of
// an array, and their paths.
func children(doc gjson.Result, path string, each func(path string, v gjson.Result)) {
	if !doc.IsObject() && !doc.IsArray() {
		return
	}
	array, n := doc.IsArray(), 0
	doc.ForEach(func(k, v gjson.Result) bool {
		name := k.Str
		if array {
			name = strconv.Itoa(n)
		}
		n++
		if strings.ContainsAny(name, ".|{}?") || name == "" || strings.TrimSpace(name) != name {
			return true // no path leads there
		}
		if path != "" {
			name = path + "." + name
		}
		each(name, v)
		return !array || n < 2
	})
}

// containers are the paths of the objects and lists on the outer two levels.
func containers(body []byte) (out []string) {
	if len(body) > largeBody || !signature.ValidJSON(body) {
		return nil
	}
	var walk func(doc gjson.Result, path string, depth int)
	walk = func(doc gjson.Result, path string, depth int) {
		children(doc, path, func(path string, v gjson.Result) {
			if (v.IsObject() || v.IsArray()) && len(out) < maxContainers {
				out = append(out, path)
				if depth > 0 {
					walk(v, path, depth-1)
				}
			}
		})
	}
	walk(gjson.ParseBytes(body), "", 1)
	return out
}
