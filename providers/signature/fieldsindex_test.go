package signature

import (
	"strconv"
	"strings"
	"testing"
)

// wide is a JSON object, or a form, with n members before the text of more.
func wide(n int, object bool, more string) string {
	var b strings.Builder
	for i := range n {
		if object {
			b.WriteString(`"k` + strconv.Itoa(i) + `":` + strconv.Itoa(i) + ",")
		} else {
			b.WriteString("k" + strconv.Itoa(i) + "=" + strconv.Itoa(i) + "&")
		}
	}
	if object {
		return "{" + b.String() + more + "}"
	}
	return b.String() + more
}

func TestALargeBodyIsReadLikeASmallOne(t *testing.T) {
	for _, n := range []int{0, 1, 100, 10_000} {
		inner := wide(n, true, `"id":1,"id":"2","n":null,"list":[{"a":"b"},7],"\u0069d2":"3"`)
		for body, root := range map[string]string{inner: "", `{"data":{"deep":` + inner + `}}`: "data.deep."} {
			f := ReadFields(Message{Body: []byte(body)})
			for name, want := range map[string]Value{
				"id": {Text: "2", Times: 2}, "n": {Text: "null", Raw: true, Null: true, Times: 1}, "list.0.a": {Text: "b", Times: 1},
				"list.1": {Text: "7", Raw: true, Times: 1}, "list.2": {}, "list.01": {}, "list.-1": {}, "list.x": {}, "id2": {Text: "3", Times: 1}, "none": {}, "k0.x": {},
			} {
				if got := f.Get(Part{Kind: PartJSON, Name: root + name}); got != want {
					t.Errorf("%d members, %s%s: got %+v, expected %+v", n, root, name, got, want)
				}
			}
		}
		f := ReadFields(Message{Body: []byte(wide(n, false, "id=1&i%64=a+b%21&bad=%zz&e"))})
		for name, want := range map[string]Value{
			"id": {Text: "a b!", Times: 2}, "bad": {Text: "%zz", Times: 1}, "e": {Times: 1}, "none": {},
		} {
			if got := f.Get(Part{Kind: PartForm, Name: name}); got != want {
				t.Errorf("%d pairs, %s: got %+v, expected %+v", n, name, got, want)
			}
		}
	}
}

func TestNothingIsFoundAmongTooManyMembers(t *testing.T) {
	f := ReadFields(Message{Body: []byte(wide(maxMembers, true, `"id":"2"`))})
	if got := f.Get(Part{Kind: PartJSON, Name: "id"}); got.Times != 0 || len(f.objects[""]) != 0 {
		t.Errorf("got %+v of an object over the limit, and %d members are kept", got, len(f.objects[""]))
	}
	f = ReadFields(Message{Body: []byte(wide(maxMembers, false, "id=2"))})
	if got := f.Get(Part{Kind: PartForm, Name: "id"}); got.Times != 0 || len(f.pairs) != 0 {
		t.Errorf("got %+v of a form over the limit, and %d pairs are kept", got, len(f.pairs))
	}
}
