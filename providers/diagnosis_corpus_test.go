package providers

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"shopbell/providers/signature"
)

// A sample of the catalogue is enough for every day: perAccident providers for
// each accident, others for each, always the same ones. SHOPBELL_CORPUS=all lifts
// the cap, which takes minutes:
//
//	SHOPBELL_CORPUS=all go test -v -timeout 30m -run 'EveryAccident|Tampering|TwoAccidents' ./providers
const perAccident = 24

// sampleOf is how many providers a test takes of all, given its daily number.
func sampleOf(daily int) int {
	if os.Getenv("SHOPBELL_CORPUS") == "all" {
		return math.MaxInt
	}
	return daily
}

// tally is one row of the table that the corpus prints.
type tally struct {
	made, right, wrong int // accidents
	providers, kinds   map[string]bool
}

// Each accident is made to a genuine delivery of each provider that it can
// happen to; the diagnosis must name it, and never another one.
func TestEveryAccidentIsNamedForEveryProvider(t *testing.T) {
	all := withSynthetic(t)
	table := map[signature.Cause]*tally{}
	corpus := corpusProviders(all)
	for i, a := range accidents() {
		row := table[a.cause]
		if row == nil {
			row = &tally{providers: map[string]bool{}, kinds: map[string]bool{}}
			table[a.cause] = row
		}
		row.add(t, all, shuffled(corpus, fmt.Sprint("accident ", i)), a)
	}
	report(t, table)
}

func (row *tally) add(t *testing.T, all Catalog, corpus []Provider, a accident) {
	made := 0
	for _, p := range corpus {
		s := newScene(p, p.Examples[0])
		if made >= sampleOf(perAccident) {
			return
		}
		if s.verdict().Outcome != signature.Verified || !a.spoil(&s, all) || s.verdict().Outcome == signature.Verified {
			continue
		}
		made++
		row.judge(t, s, a, s.diagnose(t, all))
	}
}

func (row *tally) judge(t *testing.T, s scene, a accident, d *signature.Diagnosis) {
	row.made++
	row.providers[s.p.ID], row.kinds[s.p.SchemeKind] = true, true
	switch {
	case d != nil && (d.Cause == a.cause || slices.Contains(a.same, d.Cause)):
		row.right++
		leaks(t, s, d)
	case d != nil && d.Cause == signature.Unexplained:
		t.Errorf("%s: %s is not explained: %s\ntried: %s", s.p.ID, a.cause, d.Says, strings.Join(d.Tried, "; "))
	default:
		row.wrong++
		t.Errorf("%s: %s is taken for %+v", s.p.ID, a.cause, d)
	}
}

// shuffled is the corpus in an order that depends on the name and the ids
// alone: a new provider leaves the rest of a sample as it is.
func shuffled(corpus []Provider, name string) []Provider {
	rank := func(p Provider) uint64 {
		sum := sha256.Sum256([]byte(name + " " + p.ID))
		return binary.BigEndian.Uint64(sum[:])
	}
	out := slices.Clone(corpus)
	slices.SortStableFunc(out, func(a, b Provider) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// corpusProviders are those that sign, and the synthetic ones.
func corpusProviders(all Catalog) []Provider {
	return slices.DeleteFunc(all.All(), func(p Provider) bool { return !p.Signs || len(p.Examples) == 0 })
}

// leaks finds a secret in what a diagnosis says.
func leaks(t *testing.T, s scene, d *signature.Diagnosis) {
	t.Helper()
	text := fmt.Sprintf("%+v %+v", *d, d.Fix)
	for _, secret := range []string{s.secret, s.own} {
		if len(strings.TrimSpace(secret)) > 6 && strings.Contains(text, strings.TrimSpace(secret)) {
			t.Errorf("%s: the secret stands in %s", s.p.ID, text)
		}
	}
	if d.Says == "" || d.Do == "" || d.Evidence == "" {
		t.Errorf("%s: %s without sentence, advice or evidence: %+v", s.p.ID, d.Cause, d)
	}
}

func report(t *testing.T, table map[signature.Cause]*tally) {
	t.Logf("%-26s %9s %9s %6s %6s  kinds of scheme", "cause", "providers", "accidents", "right", "false")
	for _, cause := range causes() {
		row := table[cause]
		if row == nil {
			t.Errorf("no accident for the cause %s", cause)
			continue
		}
		var kinds []string
		for kind := range row.kinds {
			kinds = append(kinds, kind)
		}
		slices.Sort(kinds)
		t.Logf("%-26s %9d %9d %6d %6d  %s", cause, len(row.providers), row.made, row.right, row.wrong, strings.Join(kinds, " "))
		if len(row.providers) < 20 {
			t.Errorf("%s happens to %d providers, expected 20 at least", cause, len(row.providers))
		}
	}
}

// causes are all of them but Unexplained.
func causes() []signature.Cause {
	return []signature.Cause{
		signature.SecretOfOtherEndpoint, signature.SecretWhitespace, signature.SecretPrefix, signature.SecretEncoding,
		signature.BodyReencoded, signature.BodyNewline, signature.BodyBOM, signature.BodyLineEndings, signature.BodyCharset, signature.BodyDecompressed,
		signature.TimestampOld, signature.TimestampUnit, signature.ClockSkew,
		signature.SignatureEncoding, signature.SignaturePrefix, signature.SignatureHeader, signature.SchemeVersion,
		signature.AlgorithmCause, signature.PartsOrder,
		signature.URLScheme, signature.URLHost, signature.URLPath, signature.URLQuery, signature.OtherProvider,
	}
}

func accidents() []accident {
	return slices.Concat(secretAccidents(), bodyAccidents(), timeAccidents(), signatureAccidents(), schemeAccidents(), addressAccidents(), providerAccidents())
}
