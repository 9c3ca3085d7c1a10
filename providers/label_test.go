package providers

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestEventsAreNamedAndMarkedWhenDerived(t *testing.T) {
	for _, c := range []struct{ id, body, want string }{
		{"twisto", `{"action":"check","email":"a@b"}`, "check"},
		{"twisto", `{"checkout_id":"1","state":"completed"}`, "checkout completed, derived"},
		{"twisto", `{"checkout_id":"1"}`, "unrecognised, derived"},
		{"twisto", `not JSON`, "unrecognised, derived"},
		{"truust", `{"escrow":{"status":"PUBLISHED"},"payin":{"status":"CONFIRMED"}}`, "Order Published, derived"},
		{"truust", `{"escrow":{"status":"BLOCKED_RELEASE"}}`, "order BLOCKED_RELEASE, derived"},
		{"truust", `{"payin":{"status":"DENIED"}}`, "payin DENIED, derived"},
		{"truust", `{"escrow":null,"payin":{"status":"DENIED"}}`, "payin DENIED, derived"},
		{"truust", `{"payout":{"status":"CREATED"}}`, "Payout Created, derived"},
		{"truust", `{"payout":{"status":"PAID"}}`, "payout PAID, derived"},
		{"truust", `{"payout":{"id":1}}`, "payout, derived"},
		{"truust", `"{\"escrow\":{\"status\":\"RELEASED\"}}"`, "Order Released, derived"},
		{"truust", `{}`, ""},
		{"everifin", `{"eventType":"payment.statusChange","data":{"status":"BOOKED"}}`, "payment.statusChange"},
		{"everifin", `{"eventType":"line\nbreak"}`, "line·break"},
		{"yshop", `{"id":"1"}`, ""},
		{"tweed", `{"type":"CHECKOUT_STATUS_UPDATED"}`, "CHECKOUT_STATUS_UPDATED"},
	} {
		l := provider(t, c.id).Event(post(c.body))
		got := l.Text
		if l.Derived {
			got += ", derived"
		}
		if got != c.want {
			t.Errorf("%s %s: event %q, expected %q", c.id, c.body, got, c.want)
		}
	}
	if l := provider(t, "tweed").Event(post("{}", "x-tweed-event", "opaque")); l.Text != "opaque" || l.Derived {
		t.Errorf("tweed without a type: %+v, expected its header", l)
	}
}

func TestDeliveriesAreIdentifiedAsTheirProviderAllows(t *testing.T) {
	for _, c := range []struct {
		id, body, want string
		derived        bool
	}{
		{"everifin", `{"eventId":"e-1"}`, "e-1", false},
		{"yshop", `{"id":"y-1"}`, "y-1", false},
		{"yshop", `{"id":17}`, "17", false},
		{"tweed", `{}`, "d-1", false},
		{"truust", `{"escrow":{"id":"1","status":"A"},"payin":{"id":2,"status":"B"}}`, "1/A/2/B/SUM", true},
		{"truust", `{"payin":{"id":2,"status":"B"}}`, "2/B/SUM", true},
		{"truust", `"{\"payin\":{\"id\":2,\"status\":\"B\"}}"`, "2/B/", true},
		{"twisto", `{"checkout_id":"c","state":"completed"}`, "c/completed/SUM", true},
		{"twisto", `{"action":"check","email":"a@b"}`, "", false},
	} {
		l := provider(t, c.id).DeliveryID(post(c.body, "X-Tweed-Delivery", "d-1"))
		want := strings.ReplaceAll(c.want, "SUM", fmt.Sprintf("%x", sha256.Sum256([]byte(c.body))))
		if !strings.HasPrefix(l.Text, want) || l.Derived != c.derived || (want == "") != (l.Text == "") {
			t.Errorf("%s %s: %+v, expected %q", c.id, c.body, l, want)
		}
	}
}

func TestLongTextsAreCutButLongIDsStayDistinct(t *testing.T) {
	p, long := provider(t, "everifin"), strings.Repeat("ą", 1000)
	a := p.DeliveryID(post(`{"eventId":"` + long + `a"}`)).Text
	b := p.DeliveryID(post(`{"eventId":"` + long + `b"}`)).Text
	if a == b || len(a) > maxLabel || !strings.HasPrefix(a, "sha256:") {
		t.Errorf("ids %q and %q, expected two short ones", a, b)
	}
	if got := p.Event(post(`{"eventType":"` + long + `"}`)).Text; len(got) > maxLabel+len("…") {
		t.Errorf("an event of %d bytes", len(got))
	}
}

func TestHintsSayWhatARowNeedsAndMaskPersonalData(t *testing.T) {
	for _, c := range []struct{ id, body, want string }{
		{"everifin", `{"data":{"status":"BOOKED"}}`, "BOOKED"},
		{"everifin", `{"data":{}}`, ""},
		{"tweed", `{"data":{"status":"DONE"}}`, "DONE"},
		{"yshop", `{"object":{"order_number":"1042"}}`, "1042"},
		{"yshop", `{"object":{}}`, ""},
		{"twisto", `{"action":"check","email":"jan@example.com"}`, "asks for the orders of " + dots},
		{"twisto", `{"action":"history"}`, "asks for data"},
		{"truust", `{"escrow":{"name":"A-17","amount":9.99,"currency":"EUR"}}`, "A-17 · 9.99 EUR"},
	} {
		if got := provider(t, c.id).Hint(post(c.body)); got != c.want {
			t.Errorf("%s %s: hint %q, expected %q", c.id, c.body, got, c.want)
		}
	}
}

func TestRequestsForDataNeedTheShopsAnswer(t *testing.T) {
	for name, want := range map[string]bool{
		"twisto-check": true, "twisto-completed": false, "everifin-status-check": true,
		"everifin-refund": false, "truust-published": false, "tweed-done": false, "yshop-paid": false,
	} {
		p, e := example(t, name)
		if got := p.NeedsAnswer(e.Message); got != want {
			t.Errorf("%s needs an answer: %v, expected %v", name, got, want)
		}
		if notes := p.Notes(e.Message); want != slices.ContainsFunc(notes, func(n string) bool {
			return strings.Contains(n, "answer goes back unchanged")
		}) {
			t.Errorf("%s has the notes %q", name, notes)
		}
	}
}

func TestReadGivesWhatTheSingleMethodsGive(t *testing.T) {
	for _, p := range embedded(t).All() {
		for _, e := range p.Examples {
			want := Reading{p.Event(e.Message), p.DeliveryID(e.Message), p.Hint(e.Message),
				p.NeedsAnswer(e.Message), p.Notes(e.Message)}
			if got := p.Read(e.Message); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v, expected %+v", e.File, got, want)
			}
		}
	}
}

func TestABodyThatWasEncodedTwiceIsNoted(t *testing.T) {
	notes := provider(t, "truust").Notes(post(`"{\"escrow\":{}}"`))
	if len(notes) != 1 || !strings.Contains(notes[0], "read once more") {
		t.Errorf("notes %q", notes)
	}
	if notes := provider(t, "truust").Notes(post(`{"escrow":{}}`)); len(notes) != 0 {
		t.Errorf("notes %q for a plain body", notes)
	}
}

func TestExamplesAreRecognisedAndFoundByTheirEvent(t *testing.T) {
	c := embedded(t)
	for _, p := range c.All() {
		for _, e := range p.Examples {
			found := c.DetectAll(e.Message)
			first := slices.ContainsFunc(found, func(f Candidate) bool { return f.Provider.ID == p.ID && f.Score == found[0].Score })
			if !first {
				t.Errorf("%s is not recognised first: %d found", e.File, len(found))
			}
			if l := p.Event(e.Message); l.Text != "" && !strings.HasPrefix(e.Event, l.Text) {
				t.Errorf("%s is called %q, expected its event %q", e.File, e.Event, l.Text)
			}
		}
	}
}

func TestWhatNobodySendsIsNotRecognised(t *testing.T) {
	c := embedded(t)
	for _, body := range []string{"", "{}", "not JSON", `{"id":"1","date":"2"}`, `{"payin":1}`} {
		for _, p := range c.Detect(post(body, "X-Hub-Signature-256", "sha256=00", "Signature", "v1")) {
			t.Errorf("%q was taken for %s", body, p.ID)
		}
	}
}

func FuzzConditionsAndLabelsTakeAnything(f *testing.F) {
	f.Add("json:a.b = c", "{json:a}", `{"a":{"b":"c"}}`)
	f.Add("!header:X ~ y", "{sha256hex:body}/{form:a}", "a=b")
	f.Fuzz(func(t *testing.T, cond, text, body string) {
		var r labelRule
		r.When = make(conditions, 1)
		if r.When[0].UnmarshalText([]byte(cond)) != nil || r.Text.UnmarshalText([]byte(text)) != nil || r.check() != nil {
			return
		}
		if l, ok := (labelRules{r}).label(lookInside(post(body)), personal{"a"}); ok && strings.ContainsAny(l.Text, "\n\x00\x1b") {
			t.Errorf("label %q breaks a line", l.Text)
		}
	})
}
