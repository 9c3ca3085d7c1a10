package detail

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/ui/look"
	"shopbell/app/ui/outline"
	"shopbell/app/ui/rows"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// reading is a pane that shows a body in a mode.
func reading(t testing.TB, media, body string, mode int) (*Pane, fyne.Window) {
	t.Helper()
	pane, w := framed(t, everything(), look.Light(), paneSize)
	c, p := carrying(signature.Verified, media, body)
	pane.body.jobs.turn <- struct{}{}
	pane.Show(c, p)
	pane.bar.choose(tabBody)
	pane.body.choose(mode)
	<-pane.body.jobs.turn
	pane.settle()
	return pane, w
}

func clipboard() string { return fyne.CurrentApp().Clipboard().Content() }

func TestFindMarksAllHitsAndStepsAroundTheEnds(t *testing.T) {
	pane, w := reading(t, "application/json", nested, modePretty)
	w.Canvas().Focus(pane.body.code)
	if !pane.FindIn(w.Canvas().Focused()) || w.Canvas().Focused() != pane.body.find.entry {
		t.Fatal("the search in the body is not open")
	}
	e := pane.body.find.entry
	e.SetText("SKU")
	expect(t, pane.pages, "1 of 2")
	if n := len(pane.body.code.Marks(rows.Found)); n != 2 {
		t.Errorf("%d hits are marked, expected 2", n)
	}
	enter := func() { e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	enter()
	expect(t, pane.pages, "2 of 2")
	enter()
	expect(t, pane.pages, "1 of 2")
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	enter()
	e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	expect(t, pane.pages, "2 of 2")
	if got := pane.body.code.SelectedText(); got != "sku" {
		t.Errorf("selected %q", got)
	}
	e.SetText("nowhere")
	expect(t, pane.pages, "Not found")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if pane.body.find.all.Visible() || w.Canvas().Focused() != pane.body.code || len(pane.body.code.Marks(rows.Found)) != 0 {
		t.Error("Escape does not leave the search")
	}
	if pane.FindIn(nil) || pane.FindIn(pane.bar) {
		t.Error("a search opens though no body has the focus")
	}
}

func TestFindLooksIntoTheBytesOfADump(t *testing.T) {
	pane, _ := reading(t, "application/json", `{"id":"0123456789","x":"needle"}`, modeHex)
	pane.body.openFind()
	pane.body.find.entry.SetText("NEEDLE")
	expect(t, pane.pages, "1 of 1")
	var marked []string
	for _, s := range pane.body.code.Marks(rows.Found) {
		marked = append(marked, string(pane.body.code.Document().Bytes()[s.From:s.To]))
	}
	if got := strings.Join(marked, "/"); got != "6e 65 65 64 6c 65/needle" {
		t.Errorf("marked %q", got)
	}
}

func TestFindInALargeBodyRunsAsideAndGoesOnInAnotherMode(t *testing.T) {
	pane, _ := reading(t, "application/json", bigJSON(20_000), modePretty)
	v := pane.body
	v.openFind()
	v.find.jobs.turn <- struct{}{}
	v.find.entry.SetText("item 19999")
	expect(t, pane.pages, "Searching…")
	<-v.find.jobs.turn
	pane.settle()
	expect(t, pane.pages, "1 of 1")
	v.choose(modeText)
	pane.settle()
	expect(t, pane.pages, "1 of 1")
}

// placed types a shortcut with Ctrl and Shift.
func placed(v interface{ TypedShortcut(fyne.Shortcut) }, key fyne.KeyName) {
	v.TypedShortcut(placeShortcut(key))
}

func TestValueAndPathAreCopiedFromEveryView(t *testing.T) {
	pane, _ := reading(t, "application/json", nested, modePretty)
	v := pane.body
	at := bytes.Index(v.code.Document().Bytes(), []byte("A-1"))
	v.code.SelectBytes(at, at)
	placed(v.code, keyCopyValue)
	if clipboard() != "A-1" {
		t.Errorf("copied the value %q", clipboard())
	}
	placed(v.code, keyCopyPath)
	if clipboard() != "$.items[0].sku" {
		t.Errorf("copied the path %q", clipboard())
	}
	v.choose(modeTree)
	v.tree.turn(1)
	v.tree.turn(2)
	v.tree.list.Select(3)
	placed(v.tree.list, keyCopyPath)
	if clipboard() != "$.items[0].sku" {
		t.Errorf("copied the path %q from the tree", clipboard())
	}
	v.tree.list.TypedShortcut(&fyne.ShortcutCopy{})
	if clipboard() != "A-1" {
		t.Errorf("copied the value %q from the tree", clipboard())
	}
	v.choose(modeHex)
	placed(v.code, keyCopyPath)
	expect(t, pane.pages, "no names in this view")
}

func TestTheWayToAValueOfALargeBodyIsWalkedAside(t *testing.T) {
	pane, _ := reading(t, "application/json", bigJSON(20_000), modeTree)
	v := pane.body
	v.tree.turn(1)
	v.tree.list.Select(2)
	v.places.turn <- struct{}{}
	placed(v.tree.list, keyCopyPath)
	if clipboard() != "" {
		t.Errorf("copied %q before it was walked", clipboard())
	}
	<-v.places.turn
	pane.settle()
	if clipboard() != "$.items[0].id" {
		t.Errorf("copied the path %q", clipboard())
	}
}

func TestSearchedValueFindsItsCapture(t *testing.T) {
	body := `{"id":"a \"b\" \\ c","we ird":{"x.y":"v1"},"n":1.50,"b":true,"z":null,"list":[{"sku":"S-7"}],"long":"` +
		strings.Repeat("long ", 100) + `","lines":"one\ntwo","empty":""}`
	pane, _ := reading(t, "application/json", body, modeTree)
	var query string
	pane.OnSearch = func(q string) { query = q }
	c, _ := pane.Shown()
	v := pane.body
	check := func() {
		t.Helper()
		q, err := inspector.ParseQuery(query, time.Now())
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		if !q.MatchesWhole(&c) {
			t.Errorf("%s does not find the capture that the value is from", query)
		}
	}
	v.tree.turn(5)
	v.tree.turn(6)
	v.tree.turn(1)
	for row, want := range map[int]string{
		0: `body.id:"a \"b\" \\ c"`, 2: `"v1"`, 3: `body.n:"1.50"`, 4: `body.b:"true"`, 5: `body.z:"null"`, 8: `body.list.0.sku:"S-7"`, 9: "", 10: `"one"`,
	} {
		query = ""
		v.tree.list.Select(row)
		placed(v.tree.list, keySearch)
		if want != "" && query != want {
			t.Errorf("row %d is searched for as %s, expected %s", row, query, want)
		}
		check()
	}
	query = ""
	v.tree.list.Select(11)
	placed(v.tree.list, keySearch)
	if query != "" {
		t.Errorf("an empty value is searched for as %s", query)
	}
	query = searchHeader(c.Message.Header[1].Name, c.Message.Header[1].Value)
	check()
	query = searchHeader(`odd"name`, "application/json")
	check()
}

func TestFormAndXMLValuesAreSearchedFor(t *testing.T) {
	form, _ := carrying(signature.Verified, "application/x-www-form-urlencoded", "a=x+y&b%5Bc%5D=z")
	for way, want := range map[string]string{"a": `body.a:"x y"`, "b[c]": `"x y"`} {
		got := searchFor(outline.Way{Path: way, Keys: []string{way}, Kind: outline.InForm}, "x y")
		q, err := inspector.ParseQuery(got, time.Now())
		if got != want || err != nil || !q.MatchesWhole(&form) {
			t.Errorf("%s gives %s (%v), expected %s that finds it", way, got, err, want)
		}
	}
}

// FuzzSearch holds any value to this: its query can be read.
func FuzzSearch(f *testing.F) {
	f.Add("data.id", "a\"b\\")
	f.Add("a:b", "\x00\n\u2028")
	f.Add(strings.Repeat("long.", 2000), strings.Repeat("\\", 1000))
	f.Add("\xff", "\xff\xfe")
	f.Fuzz(func(t *testing.T, path, value string) {
		for _, query := range []string{
			searchFor(outline.Way{Keys: strings.Split(path, "."), Kind: outline.InJSON}, value), searchHeader(path, value),
		} {
			if _, err := inspector.ParseQuery(query, time.Unix(0, 0)); err != nil {
				t.Fatalf("%q: %v", query, err)
			}
		}
	})
}

func TestTimesOfATokenAreSaidInWords(t *testing.T) {
	pane, _ := reading(t, "application/jwt", token3, modePretty)
	text := string(pane.body.code.Document().Bytes())
	for _, want := range []string{`"alg": "HS256"`, `"iss": "shop"`, "iat       22 Nov 2026", "5 min after it was received"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	expect(t, pane.pages, "decoded, not verified")
}

func TestCoverIsSaidHonestly(t *testing.T) {
	for want, v := range map[string]signature.Verdict{
		"whole body":            {Outcome: signature.Verified, Covered: []string{"body"}},
		"nothing of the body":   {Outcome: signature.Verified, Covered: []string{"header:Date", "url"}},
		"Marked parts":          {Outcome: signature.Stale, Covered: []string{"json:id"}},
		"Marked values":         {Outcome: signature.Verified, Covered: []string{"json:*"}},
		"id2 of the body; they": {Outcome: signature.Verified, Covered: []string{"json:id2"}},
		"":                      {Outcome: signature.Mismatch, Covered: []string{"body"}},
	} {
		c := coverOf(v)
		spans := c.spans(prettied{text: []byte(`{"id":1}`)}, rows.JSON, true)
		if got := c.legend(len(spans) > 0, false); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("%v is said as %q, expected %q", v.Covered, got, want)
		}
	}
}

func TestMarksOfADumpStandUnderBytesAndCharacters(t *testing.T) {
	body := []byte("0123456789abcdefghij")
	text := hexDump(body)
	var got []string
	for _, s := range dumped([]rows.Span{{From: 6, To: 18}}) {
		got = append(got, string(text[s.From:s.To]))
	}
	if want := "36 37  38 39 61 62 63 64 65 66|6789abcdef|67 68|gh"; strings.Join(got, "|") != want {
		t.Errorf("marked %q, expected %q", strings.Join(got, "|"), want)
	}
}

func TestFaultIsLocatedAndMarked(t *testing.T) {
	for body, want := range map[string]string{
		"{\n \"ž\" 2}":          "line 2, column 6",
		"\ufeff{\"a\":}":        "line 1, column 7",
		"{\"a\":[1,2":           "line 1, column 10",
		"<a>\n<b></a>":          "line 2, column 4",
		"<a><b x='1'></b></a>x": "line 1, column 21",
	} {
		kind := kindOf(nil, []byte(body))
		p := pretty([]byte(body), kind)
		if p.fault == nil || !strings.Contains(p.note, want) || string(p.text) != body {
			t.Errorf("%q: fault %v, note %q, expected %s", body, p.fault, p.note, want)
		}
	}
}
