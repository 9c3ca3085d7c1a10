package inspector

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
)

// bodyTerm looks at one value of a JSON or form body. In JSON the path is
// names with dots between them, and # for every element of a list.
func (w queryWord) bodyTerm(path string) (queryTerm, error) {
	// The rest of gjson's path language computes; a search only looks.
	if strings.ContainsAny(path, "@!|{}[]()") {
		return queryTerm{}, fmt.Errorf("search field %q, expected a path of names with dots, such as body.data.id or body.items.#.sku", w.field)
	}
	return queryTerm{needs: w.bodyNeeds(path), whole: func(c *Capture) bool {
		if body := c.Message.Body; gjson.ValidBytes(body) {
			return w.inJSON(gjson.GetBytes(body, path))
		}
		return w.inForm(c, path)
	}}, nil
}

// inJSON compares a value, or each element of a list.
func (w queryWord) inJSON(v gjson.Result) bool {
	switch {
	case !v.Exists():
		return false
	case w.value == "" && !w.quoted:
		return true
	case v.IsArray():
		found := false
		v.ForEach(func(_, element gjson.Result) bool {
			found = !element.IsArray() && w.inJSON(element)
			return !found
		})
		return found
	case v.Type == gjson.Number && !w.quoted:
		return w.isNumber(v.Num) || v.Raw == w.value
	case v.Type == gjson.Number, v.Type == gjson.Null:
		return strings.EqualFold(v.Raw, w.value)
	}
	return matchText(v.String(), w.value, w.quoted)
}

func (w queryWord) inForm(c *Capture, name string) bool {
	if !isForm(c) {
		return false
	}
	values, _ := url.ParseQuery(string(c.Message.Body)) // what can be read counts
	for _, v := range values[name] {
		n, ok := parsePlain(v)
		if w.value == "" && !w.quoted || matchText(v, w.value, w.quoted) || (ok && w.compared() && w.isNumber(n)) {
			return true
		}
	}
	return false
}

func (w queryWord) compared() bool {
	return strings.HasPrefix(w.value, ">") || strings.HasPrefix(w.value, "<")
}

// isNumber compares a number with the value, which may begin with a sign such
// as ">=".
func (w queryWord) isNumber(n float64) bool {
	sign, rest := cutComparison(w.value)
	negative := strings.HasPrefix(rest, "-")
	want, ok := parsePlain(strings.TrimPrefix(rest, "-"))
	if negative {
		want = -want
	}
	return ok && compares(n, sign, want)
}
