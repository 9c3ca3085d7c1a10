package signature

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
)

// maxPairs is how many fields a form may have to be written anew.
const maxPairs = 500

// rewrittenForm tries the ways in which programs write the same form.
func (q *search) rewrittenForm() *Diagnosis {
	variants := formVariants(q.Message.Body)
	if len(variants) == 0 {
		return nil
	}
	return q.bodies("the form encoded again", sequence(variants))
}

func formVariants(body []byte) (out []variant) {
	if !looksLikeForm(body) {
		return nil
	}
	text := string(body)
	pairs := strings.Split(text, "&")
	add := func(text, says string) {
		out = append(out, variant{BodyReencoded, []byte(text), "when its form is written " + says})
	}
	add(strings.ReplaceAll(text, "+", "%20"), "with %20 for spaces")
	add(strings.ReplaceAll(text, "%20", "+"), "with + for spaces")
	add(lowerEscapes(text), "with escapes in lower case")
	add(upperEscapes(text), "with escapes in upper case")
	sorted := slices.Clone(pairs)
	slices.Sort(sorted)
	add(strings.Join(sorted, "&"), "with its fields sorted")
	if fields, err := url.ParseQuery(text); err == nil {
		add(fields.Encode(), "anew with its fields sorted")
		again := recode(pairs, url.QueryEscape)
		add(again, "anew")
		add(strings.ReplaceAll(again, "+", "%20"), "anew with %20 for spaces")
		add(lowerEscapes(again), "anew with escapes in lower case")
	}
	if plain, err := url.QueryUnescape(text); err == nil {
		add(plain, "without escapes")
	}
	return out
}

func looksLikeForm(body []byte) bool {
	return len(body) > 0 && bytes.IndexByte(body, '=') > 0 && bytes.Count(body, []byte("&")) < maxPairs &&
		!bytes.ContainsAny(body[:1], "{[<\"") && !bytes.ContainsAny(body, "\r\n")
}

// recode writes each name and value anew.
func recode(pairs []string, escape func(string) string) string {
	out := make([]string, len(pairs))
	for i, p := range pairs {
		k, v, equals := strings.Cut(p, "=")
		out[i] = escape(plainText(k))
		if equals {
			out[i] += "=" + escape(plainText(v))
		}
	}
	return strings.Join(out, "&")
}

func plainText(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}
