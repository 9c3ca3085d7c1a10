package providers

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"shopbell/providers/signature"
)

// shares counts deliveries by the kind of their scheme.
type shares struct {
	sync.Mutex
	found, all map[string]int
}

func (s *shares) count(kind string, found bool) {
	s.Lock()
	defer s.Unlock()
	s.all[kind]++
	if found {
		s.found[kind]++
	}
}

// inferEnv set to "all" takes every delivery of the catalogue, those of tooHard
// too, and measures the shares, which takes minutes; without it one in
// inferSample is taken.
const (
	inferEnv    = "SHOPBELL_INFER"
	inferSample = 8
)

// Deliveries of the catalogue are taken for those of a provider that nobody knows.
func TestTheSchemesOfTheCatalogueAreFoundAgain(t *testing.T) {
	count := &shares{found: map[string]int{}, all: map[string]int{}}
	whole, number := os.Getenv(inferEnv) == "all", 0
	t.Run("deliveries", func(t *testing.T) {
		for _, p := range embedded(t).All() {
			for _, e := range p.Examples {
				if number++; p.Signs && givenFor(p, e) != "" && (whole || number%inferSample == 0) {
					t.Run(e.File, func(t *testing.T) {
						t.Parallel()
						foundAgain(t, count, p, e)
					})
				}
			}
		}
	})
	for _, kind := range []string{"hmac", "hash", "token", "basic", "jwt", "jws", "public-key", "http-signature"} {
		t.Logf("%-14s %3d of %3d deliveries, %d %%", kind, count.found[kind], count.all[kind], 100*count.found[kind]/max(1, count.all[kind]))
	}
	for _, kind := range []string{"hmac", "token", "basic", "jwt"} {
		if whole && 10*count.found[kind] < 9*count.all[kind] {
			t.Errorf("%s: %d of %d were found, expected nine in ten at least", kind, count.found[kind], count.all[kind])
		}
	}
}

func foundAgain(t *testing.T, count *shares, p Provider, e Example) {
	why, hard := tooHard()[p.ID]
	if !hard {
		why, hard = tooHard()[strings.TrimSuffix(strings.TrimPrefix(e.File, "examples/"), ".http")]
	}
	if hard && os.Getenv(inferEnv) != "all" {
		count.count(p.SchemeKind, false)
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	secret := signature.NewSecret("#1", givenFor(p, e))
	found, ok := Infer(ctx, e.Message, secret, e.At)
	count.count(p.SchemeKind, ok)
	switch {
	case !ok && hard:
	case !ok:
		t.Errorf("%s is not found: %s %q", p.SchemeKind, found.Says, found.Notes)
	case hard:
		t.Errorf("found %q, expected that it is not: %s", found.Says, why)
	default:
		asGood(t, p, asProvider(t, found), e, secret)
	}
}

// givenFor is what a person would give to have e verified: its secret, else the
// keys that the provider publishes.
func givenFor(p Provider, e Example) string {
	if e.Secret != "" {
		return e.Secret
	}
	if s, ok := p.Scheme.(signature.PublicKey); ok {
		return strings.Join(s.Keys.Published, "\n")
	}
	return ""
}

// asProvider writes the file of what was found and reads it again.
func asProvider(t *testing.T, found Inferred) Provider {
	t.Helper()
	text := OwnFile(Own{ID: "inferred", Name: "Inferred", Category: "own", Docs: "https://shop.example/hooks", Found: found})
	c, err := Catalog{}.With(fstest.MapFS{"inferred.toml": {Data: []byte(text)}})
	p, ok := c.Get("inferred")
	if err != nil || !ok {
		t.Fatalf("%v\n%s", err, text)
	}
	return p
}

// asGood checks that what was found refuses all that the catalogue's scheme
// finds a mismatch in, and takes what the provider would send next.
func asGood(t *testing.T, p, own Provider, e Example, secret signature.Secret) {
	t.Helper()
	judge := func(p Provider, m signature.Message, secret signature.Secret, at time.Time) signature.Outcome {
		return p.Judge(m, []signature.Secret{secret}, at).Outcome
	}
	if got := judge(own, e.Message, secret, e.At); got != signature.Verified && got != signature.Stale {
		t.Fatalf("what was found gives %s", got)
	}
	refuses := func(how string, m signature.Message, secret signature.Secret) {
		if got := judge(own, m, secret, e.At); got == signature.Verified || got == signature.Stale {
			t.Errorf("%s is taken by %s", how, found(own))
		}
	}
	refuses("another secret", e.Message, signature.NewSecret("#1", spoiledSecret(secret.Value())))
	m := e.Message
	for _, at := range signature.FactsOf(own.Scheme).At {
		m = without(m, at)
	}
	refuses("no signature", m, secret)
	same := signature.FactsOf(own.Scheme).At[0].String() == signature.FactsOf(p.Scheme).At[0].String()
	for how, m := range spoiled(e.Message) {
		if same && judge(p, m, secret, e.At) == signature.Mismatch {
			refuses(how, m, secret)
		}
	}
	if s, ok := p.Scheme.(signature.Shared); ok && same && !s.PrefixOptional && s.Suffix == "" && len(s.Templates) == 1 && len(s.At) == 1 && s.Encoding != signature.HexOrBase64 {
		next := e.At.Add(time.Hour)
		m, err := s.Sign(e.Message, secret, next)
		if err != nil {
			return
		}
		if got := judge(own, m, secret, next); got != signature.Verified {
			t.Errorf("a delivery an hour later gives %s with %s", got, found(own))
		}
	}
}

// spoiled changes one thing at a time.
func spoiled(m signature.Message) map[string]signature.Message {
	out := map[string]signature.Message{}
	for i := 0; i < len(m.Body); i += 1 + len(m.Body)/40 {
		n := m
		n.Body = bytes.Clone(m.Body)
		n.Body[i] ^= 1
		out["a bit of the body, at "+itoa(i)] = n
	}
	for i, f := range m.Header {
		n := m
		n.Header = slices.Delete(slices.Clone(m.Header), i, i+1)
		out["no header "+f.Name] = n
		n.Header = slices.Clone(m.Header)
		n.Header[i].Value = "x" + f.Value
		out["another header "+f.Name] = n
	}
	n := m
	n.Method = "PUT"
	out["another method"] = n
	n = m
	n.Target, n.URL = strings.Replace(m.Target, "/", "/x", 1), strings.Replace(m.URL, m.Target, strings.Replace(m.Target, "/", "/x", 1), 1)
	out["another path"] = n
	return out
}

// found is what the advice of an own provider says.
func found(own Provider) string { return own.Advice }

// tooHard are the providers, and single deliveries, whose signed text no general
// search puts together, and why.
func tooHard() map[string]string {
	return map[string]string{
		"adyen":              "eight inner fields in an order of their own, one of them empty",
		"contentful":         "the message lists the headers that are signed",
		"fiuu":               "a hash within a hash, over fields in an order of their own",
		"graphcms":           "a JSON document made for signing",
		"keygen":             "HTTP signatures are not searched for",
		"mailchannels":       "HTTP signatures are not searched for",
		"mercadopago":        "labels of its own",
		"messagebird_legacy": "an empty query between two separators",
		"midtrans":           "fields in an order of their own",
		"myfatoorah":         "fields in an order of their own, with names of their own",
		"novalnet":           "fields in an order of their own, and the secret backwards",
		"paymob":             "twenty inner fields in an order of their own",
		"paypal":             "a webhook id that is no part of the message",
		"paypro_global":      "fields in an order of their own, the secret among them",
		"plivo":              "parts with different text between them",
		"praxis":             "fields in an order of their own",
		"przelewy24":         "a JSON document made for signing",
		"redsys":             "a key made of the order's number",
		"sns":                "names and values on lines",
		"truelayer":          "the token lists the headers that are signed",
		"vipps_mobilepay":    "names of headers and their values in one text, the body by its digest",
		"unisender_go":       "the secret in the signature's place in the body",

		"braintree-dispute":         "two key pairs, and a line break lost on the way",
		"coinbase_commerce-headers": "the message lists the headers that are signed",
		"hubspot-escapes":           "an address of which some escapes are decoded and others are not",
		"mollie-rotation":           "two headers, of which the one that fits has no prefix",
		"persona-rotation-old":      "two lists with a space between them, of which the second fits",
		"paymongo-live":             "a time that is signed, and an empty signature beside the one that fits",
		"phonepe-callback":          "a number behind the signature",
	}
}
