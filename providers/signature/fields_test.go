package signature

import (
	"strings"
	"testing"
)

// Computed with python3 hashlib over id|date|key.
const (
	freeDateBody = `{"id":"b7a4f0d2-11c3-4e5f-8a6b-9c0d1e2f3a4b","date":"01.06.2025 12:34","object":{}}`
	freeDateHash = "be6c4fd9c74438ad6eda1f17d074b2d0dcc7febc17c34daf926fba120a14b8f7"
	freeDateKey  = "klucz-ąę-2"
)

func freeDate(body string) Verdict {
	return fieldScheme().Verify(post(body, "X-Signature", freeDateHash), secrets(freeDateKey), noon)
}

func TestOnlyTheNamedFieldsAreCovered(t *testing.T) {
	v := freeDate(freeDateBody)
	expect(t, v, Verified)
	if v.Cover != CoverFields || strings.Join(v.Covered, " ") != "json:id json:date" {
		t.Errorf("cover %q of %v, expected the fields id and date", v.Cover, v.Covered)
	}
	expect(t, freeDate(strings.Replace(freeDateBody, "{}}", `{"paid":true}}`, 1)), Verified)
	expect(t, freeDate(strings.Replace(freeDateBody, "12:34", "12:35", 1)), Mismatch)
	expect(t, freeDate(strings.Replace(freeDateBody, "b7a4", "b7a5", 1)), Mismatch)
}

func TestFieldsAreDecodedBeforeTheyAreHashed(t *testing.T) {
	for _, body := range []string{
		"{\n  \"object\": [1],\n  \"date\": \"01.06.2025 12:34\",\n  \"id\": \"b7a4f0d2-11c3-4e5f-8a6b-9c0d1e2f3a4b\"\n}",
		strings.Replace(freeDateBody, "b7a4", `\u0062\u0037a4`, 1),
		strings.Replace(freeDateBody, `"id"`, `"\u0069d"`, 1),
	} {
		expect(t, freeDate(body), Verified)
	}
}

// A shop whose parser takes the first of two equal keys would see a value that
// was never signed.
func TestASignedPartThatStandsThereTwiceIsMalformed(t *testing.T) {
	for _, body := range []string{
		strings.Replace(freeDateBody, "{", `{"id":"forged",`, 1),
		strings.Replace(freeDateBody, "}}", `},"id":"forged"}`, 1),
		strings.Replace(freeDateBody, "{", `{"\u0069d":"b7a4f0d2-11c3-4e5f-8a6b-9c0d1e2f3a4b",`, 1),
	} {
		v := freeDate(body)
		expect(t, v, Malformed)
		expectText(t, lastEvidence(v), "id in the body stands there 2 times: expected once, because the shop may act on one that was not signed")
	}
	expect(t, freeDate(strings.Replace(freeDateBody, "{}}", `{"id":1,"id":2}}`, 1)), Verified)

	deep := fieldScheme()
	deep.Templates = templates("{json:a.id}|{secret}")
	v := deep.Verify(sign(t, deep, post(`{"a":{"id":"1"}}`), "key"), secrets("key"), noon)
	expect(t, v, Verified)
	m := sign(t, deep, post(`{"a":{"id":"1"}}`), "key")
	expect(t, deep.Verify(received(m, `{"a":{"id":"2"},"a":{"id":"1"}}`), secrets("key"), noon), Malformed)

	form := fieldScheme()
	form.Templates = templates("{form:id}|{query:q}|{secret}")
	m = post("id=1", "X-Signature", "")
	m.Target = "/hook?q=2"
	m = sign(t, form, m, "key")
	expect(t, form.Verify(m, secrets("key"), noon), Verified)
	expect(t, form.Verify(received(m, "i%64=2&id=1"), secrets("key"), noon), Malformed)
	m.Target = "/hook?q=1&q=2"
	expect(t, form.Verify(m, secrets("key"), noon), Malformed)
}

func TestASignedPartThatIsNotUTF8IsMalformed(t *testing.T) {
	v := freeDate(strings.Replace(freeDateBody, "12:34", "12:34\xff", 1))
	expect(t, v, Malformed)
	expectText(t, lastEvidence(v), "date in the body is not UTF-8")
	expect(t, freeDate(strings.Replace(freeDateBody, "{}}", "\"\xff\"}", 1)), Verified)

	form := fieldScheme()
	form.Templates = templates("{form:id}|{secret}")
	expect(t, form.Verify(post("id=%ff", "X-Signature", freeDateHash), secrets("key"), noon), Malformed)
}

func TestADateWhoseFormIsFreeIsOnlyCalledUnreadWhenItIsThere(t *testing.T) {
	s := fieldScheme()
	s.Timestamp = Timestamp{At: Part{Kind: PartJSON, Name: "date"}, Format: RFC3339, Optional: true}
	for body, want := range map[string]bool{
		`{"id":"1","date":"01.06.2025"}`:             true,
		`{"id":"1","date":"2024-05-06T07:08:09,5Z"}`: true,
		`{"id":"1","date":"2024-05-06T7:08:09Z"}`:    true,
		`{"id":"1","date":17}`:                       false,
		`{"id":"1"}`:                                 false,
		`{"id":"1","date":"a","date":"b"}`:           false,
		`not JSON`:                                   false,
		`{"id":"1","date":"2024-05-06T07:08:09.5Z"}`: false,
	} {
		v := s.Verify(post(body, "X-Signature", freeDateHash), secrets("key"), noon)
		if got := strings.Contains(marshal(t, v), "its age is not known"); got != want {
			t.Errorf("%s: age called unknown %v, expected %v\n%+v", body, got, want, v.Steps)
		}
	}
}

func TestAFieldThatIsNotAStringCountsByItsRawJSON(t *testing.T) {
	s := fieldScheme()
	m := sign(t, s, post(`{"id":"1.50","date":"{\"a\": 1}"}`), "key")
	m.Body = []byte(`{"id": 1.50 ,"date": {"a": 1}}`)
	v := s.Verify(m, secrets("key"), noon)
	expect(t, v, Verified)
	expectText(t, v.Steps[1].Evidence, "id 1.50 (not a JSON string: its raw JSON counts)")
}

func TestAFieldThatIsNotThereMakesTheMessageMalformed(t *testing.T) {
	for body, says := range map[string]string{
		`{"id":"1"}`:               "date in the body is not there",
		`{"date":{"id":"1"}}`:      "id in the body is not there",
		`{"id":"1","date":"2"`:     "not JSON that can be read",
		"":                         "an empty body",
		"id=1&date=2":              "not JSON that can be read",
		strings.Repeat("[", 1<<20): "not JSON that can be read",
		`["id","date"]`:            "id in the body is not there",
	} {
		v := freeDate(body)
		expect(t, v, Malformed)
		expectText(t, lastEvidence(v), says)
	}
}

func TestPartsAreReadFromEverywhere(t *testing.T) {
	m := post("a=1&b%5Bc%5D=x+y&a=2", "X-One", "h", "x-one", "i")
	m.Target = "/hook/x?q=%41&q=B&empty="
	f := ReadFields(m)
	for part, want := range map[string]Value{
		"form:a": {Text: "2", Times: 2}, "form:b[c]": {Text: "x y", Times: 1}, "form:z": {},
		"query:q": {Text: "B", Times: 2}, "query:empty": {Times: 1},
		"header:X-One": {Text: "h", Times: 2}, "header:X-Two": {},
		"method": {Text: "POST", Times: 1}, "path": {Text: "/hook/x", Times: 1}, "json:a": {},
		"url": {Text: "https://shop.example/hook", Times: 1}, "secret": {}, "timestamp": {},
	} {
		p, err := ParsePart(part)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Get(p); got != want {
			t.Errorf("%s is %+v, expected %+v", part, got, want)
		}
	}
}

func TestJSONPathsReachIntoArrays(t *testing.T) {
	f := ReadFields(post(`{"a":[{"b":null},{"b":"x"}],"a.b":1}`))
	for path, want := range map[string]Value{
		"a.1.b": {Text: "x", Times: 1}, "a.0.b": {Text: "null", Raw: true, Null: true, Times: 1}, "a.2": {}, "a.1.b.c": {},
	} {
		if got := f.Get(Part{Kind: PartJSON, Name: path}); got != want {
			t.Errorf("%s is %+v, expected %+v", path, got, want)
		}
	}
}

func TestJSONInsideAJSONStringIsFound(t *testing.T) {
	inner, ok := ReadFields(post(`"{\"a\":\"b\"}"`)).Inner()
	if got := inner.Get(Part{Kind: PartJSON, Name: "a"}).Text; !ok || got != "b" {
		t.Errorf("got %q, %v, expected b", got, ok)
	}
	for _, body := range []string{`"text"`, `{"a":1}`, `"1"`, ``} {
		if _, ok := ReadFields(post(body)).Inner(); ok {
			t.Errorf("%s holds no JSON of its own", body)
		}
	}
}

// Up to 64 members are kept at hand, a larger object is walked each time.
func TestObjectsOfEverySizeAreReadAlike(t *testing.T) {
	for _, size := range []int{0, 1, maxIndex - 3, maxIndex - 2, maxIndex - 1, maxIndex, 500} {
		var body strings.Builder
		body.WriteString(`{"a":"first","deep":{"b":1}`)
		for i := range size {
			body.WriteString(`,"k` + itoa(int64(i)) + `":` + itoa(int64(i)))
		}
		body.WriteString(`,"\u0061":"last"}`)
		f := ReadFields(post(body.String()))
		for path, want := range map[string]Value{
			"a": {Text: "last", Times: 2}, "deep.b": {Text: "1", Raw: true, Times: 1}, "deep.c": {}, "none": {}, "none.b": {}, "a.b": {}, "": {},
		} {
			if got := f.Get(Part{Kind: PartJSON, Name: path}); got != want {
				t.Errorf("%d members: %q is %+v, expected %+v", size, path, got, want)
			}
		}
	}
}
