package inspector

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"unicode"

	"shopbell/providers/signature"
)

func TestRunesThatAQueryTakesForEqualFoldToOne(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		folded := FoldRune(r)
		if lower := unicode.ToLower(r); FoldRune(lower) != folded {
			t.Errorf("%U and its lower case %U differ", r, lower)
		}
		if next := unicode.SimpleFold(r); FoldRune(next) != folded {
			t.Errorf("%U and %U differ", r, next)
		}
		if r < 128 && folded != unicode.ToLower(r) {
			t.Errorf("%U is ASCII and folds to %U", r, folded)
		}
	}
}

func TestSearchReadsWhatPeopleRead(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(`{"name":"\u0141ukasz"}`)) // a buffer never fails
	_ = w.Close()
	parts := "--b\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nNowy S=C4=85cz\r\n" +
		"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("Gdańsk")) + "\r\n--b--\r\n"
	for _, x := range []struct {
		kind, coding, body string
		finds, not         []string
	}{
		{"application/json", "", `{"n":"\u0141\u00f3d\u017a","inner":"{\"city\":\"Krak\\u00f3w\"}","url":"https:\/\/shop.example","sum":100.50}`,
			[]string{"łódź", `\u00f3d`, "u00f3d", "KRAKÓW", `https://shop`, `https:\/\/`, `"sum":100`, "100.5", "100.50"}, []string{"warszawa", "100.51"}},
		{"application/x-www-form-urlencoded", "", "mail=jan%40example.pl&payload=%7B%22city%22%3A%22Krak%5Cu00f3w%22%7D&bad=%zz",
			[]string{"jan@example.pl", "jan%40", "kraków", "%zz", "mail=jan@"}, []string{"jan+"}},
		{"application/x-www-form-urlencoded", "", `{"n":"\u0142"}`, []string{"ł"}, nil},
		{"text/xml; charset=utf-8", "", `<?xml version="1.0"?><a b="x &amp; y">&#x142;&lt;</a>`, []string{"x & y", "ł<", "&amp;"}, []string{"z"}},
		{"multipart/form-data; boundary=b", "", parts, []string{"nowy sącz", "S=C4", "gdańsk", "form-data"}, []string{"sopot"}},
		{"application/json", "gzip", packed.String(), []string{"łukasz", `\u0141`}, []string{"anna"}},
		{"application/json", "", `{"half":"\u0141`, []string{"half", "u0141"}, []string{"ł"}},
	} {
		c := searched()
		c.Message.Header = signature.Header{{Name: "Content-Type", Value: x.kind}, {Name: "Content-Encoding", Value: x.coding}}
		c.Message.Body = []byte(x.body)
		for i, text := range append(slices.Clone(x.finds), x.not...) {
			q, err := ParseQuery(`"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)+`"`, queryNow)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := q.MatchesWhole(c), i < len(x.finds); got != want {
				t.Errorf("%s in %s: found %v, want %v", text, x.kind, got, want)
			}
		}
	}
}

// meets tells whether c has what a query needs.
func meets(c *Capture, needs []Need) bool {
	var texts []string
	c.Texts(func(text []byte) bool {
		texts = append(texts, foldText(string(text)))
		return true
	})
	terms := map[Clue]bool{}
	c.Terms(func(kind, value string) { terms[Clue{Kind: kind, Value: foldText(value)}] = true })
	has := func(clue Clue) bool {
		if clue.Kind != "" {
			return terms[Clue{Kind: clue.Kind, Value: foldText(clue.Value)}]
		}
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, foldText(clue.Text)) })
	}
	return !slices.ContainsFunc(needs, func(n Need) bool { return !slices.ContainsFunc(n, has) })
}

func foldText(s string) string { return strings.Map(FoldRune, s) }
