package providers

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

func TestAFreshIDHasTheShapeOfTheOldOne(t *testing.T) {
	for old, shape := range map[string]string{
		"evt_1NG8Du2eZvKYlo2C":                 `^evt_\d[A-Z]{2}\d[A-Z][a-z]\d[a-z][A-Z][a-z][A-Z]{2}[a-z]{2}\d[A-Z]$`,
		"1234567":                              `^[1-9]\d{6}$`,
		"0042":                                 `^\d{4}$`,
		"550e8400-e29b-41d4-a716-446655440000": `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$`,
		"evt_0190163D-8694-739B-AEA5-966C26F8AD91": `^evt_[0-9A-F]{8}-[0-9A-F]{4}-7[0-9A-F]{3}-A[0-9A-F]{3}-[0-9A-F]{12}$`,
		"01HXYZ0123456789ABCDEFGHJK":               `^0[0-9A-HJKMNP-TV-Z]{25}$`,
		"msg_01HXYZ0123456789ABCDEFGHJK":           `^msg_0[0-9A-HJKMNP-TV-Z]{25}$`,
		"d41d8cd98f00b204e9800998ecf8427e":         `^[0-9a-f]{32}$`,
		"order-created-17":                         `^order-created-\d{2}$`,
		"abc":                                      `^[a-z]{3}$`,
		"MQ==":                                     `^[A-Z]{2}==$`,
		"ž-9":                                      `^ž-\d$`,
		"—":                                        `^—1$`,
		"a9\xff":                                   `^[a-z]\d\x{fffd}$`, // no UTF-8, as a header may hold
	} {
		if id := freshLike(old); id == old || !regexp.MustCompile(shape).MatchString(id) {
			t.Errorf("%q became %q, expected %s", old, id, shape)
		}
	}
}

func TestEveryProviderWithADeliveryIDCanGetAFreshOne(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	fresh, without := 0, []string(nil)
	for _, p := range embedded(t).All() {
		for _, e := range p.Examples {
			old := p.DeliveryID(e.Message)
			m, ok := p.FreshID(e.Message)
			if !ok {
				if old.Text != "" && !old.Derived {
					without = append(without, e.File)
				}
				continue
			}
			fresh++
			id := p.DeliveryID(m)
			if id.Derived || id.Text == old.Text || shapeOf(id.Text) != shapeOf(old.Text) {
				t.Errorf("%s: %q became %q", e.File, old.Text, id.Text)
			}
			if signature.ValidJSON(e.Message.Body) != signature.ValidJSON(m.Body) {
				t.Errorf("%s: the body became %s", e.File, m.Body)
			}
			if p.Event(m).Text != p.Event(e.Message).Text {
				t.Errorf("%s: the event became %q", e.File, p.Event(m).Text)
			}
			if slices.Contains([]string{"hmac", "hash", "token", "basic"}, p.SchemeKind) {
				if signed, err := p.Scheme.Sign(m, e.secrets()[0], now); err == nil && p.Judge(signed, e.secrets(), now).Outcome == signature.Mismatch {
					t.Errorf("%s does not verify with a fresh id, signed again", e.File)
				}
			}
		}
	}
	t.Logf("%d fresh ones; none for %d: %s", fresh, len(without), strings.Join(without, " "))
	if fresh < 200 {
		t.Errorf("%d deliveries got a fresh id, expected most of the catalogue", fresh)
	}
}

// shapeOf writes letters and digits alike.
func shapeOf(id string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 && plain(byte(r)) {
			return 'x'
		}
		return r
	}, id)
}
