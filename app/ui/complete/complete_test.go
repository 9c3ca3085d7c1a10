package complete

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"shopbell/inspector"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func shop() Known {
	return Known{
		Providers: []Named{{"yshop", "yshop.pl"}, {"tweed", "Tweed"}, {"stripe", "Stripe"}},
		Endpoints: []string{"yshop live", "tweed", `a "b" \`, "x,y", ""},
		Events:    []string{"order.paid", "transaction status", "payment_intent.succeeded"},
		Headers:   []string{"Content-Type", "X-Webhook-Signature"},
		Paths:     []string{"id", "data.status"},
		Now:       now,
	}
}

// at returns the labels of what is offered where the text has its "|".
func at(text string, asked bool) []string {
	before, after, _ := strings.Cut(text, "|")
	var labels []string
	for _, o := range Offers(before+after, len(before), shop(), asked) {
		labels = append(labels, o.Label())
	}
	return labels
}

func TestOffersFollowWhatIsTyped(t *testing.T) {
	for text, want := range map[string]string{
		"ou|":                                   "outcome:",
		"out|":                                  "outcome:",
		"outcome:mi|":                           "outcome:mismatch outcome:missing",
		"Outcome:MI|":                           "Outcome:mismatch Outcome:missing",
		"outcome:mismatch,st|":                  "outcome:mismatch,stale",
		"outcome:mismatch,mis|":                 "outcome:mismatch,missing",
		"a -out| b":                             "outcome:",
		"is:|":                                  "is:pinned is:held is:waiting is:duplicate",
		"is:pinned|":                            "",
		"mism|":                                 "outcome:mismatch",
		"stri|":                                 "provider:stripe",
		"provider:ysh|":                         "provider:yshop",
		"provider:pl|":                          "provider:yshop",
		"endpoint:y|":                           `endpoint:"yshop live" endpoint:"x,y"`,
		`endpoint:"ysh|`:                        `endpoint:"yshop live"`,
		`endpoint:"ysh|op x`:                    `endpoint:"yshop live"`,
		`endpoint:"a \"|`:                       `endpoint:"a \"b\" \\"`,
		`endpoint:"tw|"`:                        `endpoint:"tweed"`,
		"endpoint:tweed,y|":                     "",
		"event:order|":                          "event:order.paid",
		"event:pis|":                            "event:payment_intent.succeeded",
		"event:tra|":                            `event:"transaction status"`,
		"header.|":                              "header.Content-Type: header.X-Webhook-Signature:",
		"header.sig|":                           "header.X-Webhook-Signature:",
		"body.st|":                              "body.data.status:",
		"header.X:|":                            "",
		"since:2026|":                           "since:2026-11-22 since:2026-11-21 since:2026-11-20",
		"since:1|":                              "since:15m since:1h since:1d since:1w since:2026-11-22 since:2026-11-21 since:2026-11-20",
		"|":                                     "",
		"paid |":                                "",
		`"mis|`:                                 "",
		"colour:r|":                             "",
		"http://y|":                             "",
		"qqq|":                                  "",
		"provider:yshop out|come:missing since": "outcome:",
	} {
		if got := strings.Join(at(text, false), " "); got != want {
			t.Errorf("%s\n got  %s\n want %s", text, got, want)
		}
	}
	if got := at("paid |", true); len(got) != len(fields) || got[0] != "provider:" {
		t.Errorf("asked between words it offers %q", got)
	}
}

func TestAnOfferTakesThePlaceOfItsWord(t *testing.T) {
	for text, want := range map[string]string{
		"mis|":                  "outcome:mismatch |",
		"out|":                  "outcome:|",
		"out|rage x":            "outcome:| x",
		"a -mis| b":             "a -outcome:mismatch| b",
		"ż outcome:missing,st|": "ż outcome:missing,stale |",
		`endpoint:"ysh| op" b`:  `endpoint:"yshop live"| b`,
		"header.con|":           "header.Content-Type:|",
	} {
		before, after, _ := strings.Cut(text, "|")
		offers := Offers(before+after, len(before), shop(), false)
		if len(offers) == 0 {
			t.Errorf("%s: nothing is offered", text)
			continue
		}
		got, cursor := offers[0].Apply(before + after)
		if got = got[:cursor] + "|" + got[cursor:]; got != want {
			t.Errorf("%s\n got  %s\n want %s", text, got, want)
		}
	}
}

func TestBetterMatchesComeFirst(t *testing.T) {
	known := Known{Events: []string{"unpaid", "prepaid.aid", "order.paid", "paid", "p.a.i.d"}, Now: now}
	var got []string
	for _, o := range Offers("event:paid", 10, known, false) {
		got = append(got, o.Value)
	}
	if want := "[paid order.paid unpaid prepaid.aid p.a.i.d]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, expected %s", got, want)
	}
}

// FuzzOffers: whatever is typed, an offer replaces whole characters inside the
// text, and what it puts there is one word of the grammar that means the offer.
func FuzzOffers(f *testing.F) {
	for _, text := range []string{"out", "outcome:mis", `endpoint:"a \"`, "-is:", "ż ysh", `"a" b`, "header.x", "provider:yshop,", "-\"", "body.", ":", "- -", "\xff:a"} {
		f.Add(text, len(text), "order paid", true)
		f.Add(text+" x", len(text)/2, `a "b" \`, false)
	}
	f.Fuzz(func(t *testing.T, text string, cursor int, event string, asked bool) {
		known := shop()
		if utf8.ValidString(event) {
			known.Events = append(known.Events, event)
			known.Endpoints = append(known.Endpoints, event)
		}
		for _, o := range Offers(text, cursor, known, asked) {
			if o.Start < 0 || o.Start > o.End || o.End > len(text) {
				t.Fatalf("%q: %+v", text, o)
			}
			after, at := o.Apply(text)
			if at > len(after) || utf8.ValidString(text) && !utf8.ValidString(after) {
				t.Fatalf("%q became %q", text, after)
			}
			if o.Open || !utf8.ValidString(text) {
				continue
			}
			q, err := inspector.ParseQuery(o.Text, now)
			if err != nil {
				if terms := strings.Contains(o.Text, ",,") || strings.Contains(o.Text, ":,"); terms || strings.Contains(o.Text, ",") {
					continue // what was typed before is wrong
				}
				t.Fatalf("%q offers %q: %v", text, o.Text, err)
			}
			terms := q.Terms()
			if len(terms) != 1 || terms[0].Field != o.Field || terms[0].Values[len(terms[0].Values)-1] != o.Value {
				t.Errorf("%q offers %q, which means %+v", text, o.Text, terms)
			}
		}
	})
}
