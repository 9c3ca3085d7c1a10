package rehearsal_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/inspector/inspectortest"
	"shopbell/inspector/rehearsal"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// scene is an inspector in front of a shop, with two captures of one order.
type scene struct {
	t         *testing.T
	inspector *inspector.Inspector
	store     inspector.Store
	provider  providers.Provider
	captures  []inspector.Capture // the older one first
}

func openScene(t *testing.T, shopURL string) *scene {
	t.Helper()
	catalog, err := providers.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{t: t}
	s.provider, _ = catalog.Get("stripe")
	if s.store, err = badgerstore.Open(badgerstore.Options{Dir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.store.Close() })
	target, err := url.Parse(shopURL)
	if err != nil {
		t.Fatal(err)
	}
	s.inspector, err = inspector.New(inspector.Options{Store: s.store, Catalog: catalog, Shop: target, Endpoints: []inspector.Endpoint{
		{Name: "stripe", Provider: "stripe", Path: "/s", Secrets: []signature.Secret{signature.NewSecret("#1", secret)}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.inspector.Serve(l) }()
	t.Cleanup(func() {
		if err := errors.Join(s.inspector.Close(), <-served); err != nil {
			t.Error(err)
		}
	})
	s.receive(l.Addr().String(), "evt_1NG8Du2eZvKYlo2C", 100, "requires_capture")
	s.receive(l.Addr().String(), "evt_1NG8Dv7aQmXTrw4B", 200, "succeeded")
	return s
}

// receive has the provider deliver an event of the order.
func (s *scene) receive(addr, id string, created int, status string) {
	s.t.Helper()
	body := fmt.Sprintf(`{"id":%q,"object":"event","type":"payment_intent.%s","created":%d,"data":{"object":{"id":"pi_1","status":%q,"amount":4990}}}`, id, status, created, status)
	m := signature.Message{Method: "POST", Target: "/s", Header: signature.Header{{Name: "Host", Value: addr}, {Name: "Content-Type", Value: "application/json"}}, Body: []byte(body)}
	m, err := s.provider.Scheme.Sign(m, signature.NewSecret("", secret), time.Now())
	if err == nil {
		_, err = inspectortest.Send(s.t.Context(), "http://"+addr, m)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	page, err := s.store.Page(s.t.Context(), inspector.Query{}, [16]byte{}, 1)
	if err != nil || len(page) != 1 || page[0].Outcome != signature.Verified {
		s.t.Fatalf("kept %+v, %v", page, err)
	}
	c, err := s.store.Get(s.t.Context(), page[0].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	s.captures = append(s.captures, c)
}

// rehearsal is one over the newer capture.
func (s *scene) rehearsal(probe string) *rehearsal.Rehearsal {
	s.t.Helper()
	r := &rehearsal.Rehearsal{
		Capture: s.captures[1], Other: s.captures[0], Provider: s.provider, Signs: signature.NewSecret("#1", secret),
		Later: 10 * time.Millisecond, Calm: 100 * time.Millisecond, Now: time.Now,
		Send: func(ctx context.Context, c inspector.Capture, m signature.Message, patience time.Duration) (inspector.Delivery, error) {
			return s.inspector.Replay(ctx, c.ID, inspector.ReplayOptions{Message: &m, Kind: inspector.Rehearsal, Patience: patience})
		},
	}
	if probe != "" {
		var err error
		if r.Probe, err = rehearsal.NewProbe(probe); err != nil {
			s.t.Fatal(err)
		}
	}
	return r
}

func run(t *testing.T, r *rehearsal.Rehearsal, plans ...rehearsal.Plan) map[rehearsal.Plan]rehearsal.Result {
	t.Helper()
	if len(plans) == 0 {
		plans = rehearsal.Plans()
	}
	results := map[rehearsal.Plan]rehearsal.Result{}
	if err := r.Run(t.Context(), plans, func(r rehearsal.Result) { results[r.Plan] = r }); err != nil {
		t.Fatal(err)
	}
	return results
}

func TestEachPlanIsRightOnEachShop(t *testing.T) {
	shops := []struct {
		name string
		shop *shop
	}{
		{"sound", &shop{works: 50 * time.Millisecond}},
		{"forgetful", &shop{forgets: true, works: 50 * time.Millisecond}},
		{"trusting", &shop{trusts: true}},
	}
	want := map[rehearsal.Plan]string{ // a letter for each shop
		rehearsal.Duplicate: "pfp", rehearsal.DuplicateLater: "pfp", rehearsal.Concurrent: "pfp",
		rehearsal.Reorder: "pfp", rehearsal.Late: "ppp",
		rehearsal.RetryAfterError: "pfp", rehearsal.RetryAfterTimeout: "pfp",
		rehearsal.TamperedBody: "ppf", rehearsal.TamperedSignature: "ppf",
		rehearsal.StaleTimestamp: "pff", rehearsal.MissingSignature: "ppf",
		rehearsal.UnknownEvent: "pfp", rehearsal.SameIDOtherContent: "pfp",
	}
	for i, c := range shops {
		t.Run(c.name, func(t *testing.T) {
			address := c.shop.open(t)
			results := run(t, openScene(t, address).rehearsal(address+"/state"))
			for _, plan := range rehearsal.Plans() {
				r := results[plan]
				if string(r.Verdict)[0] != want[plan][i] {
					t.Errorf("%s is %s, expected %c: %s", plan, r.Verdict, want[plan][i], r.Reason)
				}
				if len(r.Deliveries) == 0 || !strings.HasSuffix(r.Reason, ".") {
					t.Errorf("%s has %d deliveries and the reason %q", plan, len(r.Deliveries), r.Reason)
				}
				for _, d := range r.Deliveries {
					if d.Kind != inspector.Rehearsal {
						t.Errorf("%s made a delivery of the kind %q", plan, d.Kind)
					}
				}
				t.Logf("%-24s%-8s%s", plan, r.Verdict, r.Reason)
			}
		})
	}
}

func TestWithoutAProbeOnlyAnswersCount(t *testing.T) {
	s := &shop{forgets: true}
	results := run(t, openScene(t, s.open(t)).rehearsal(""))
	for plan, want := range map[rehearsal.Plan]rehearsal.Verdict{
		rehearsal.Duplicate: rehearsal.Unknown, rehearsal.Concurrent: rehearsal.Unknown, rehearsal.Reorder: rehearsal.Unknown,
		rehearsal.RetryAfterTimeout: rehearsal.Unknown, rehearsal.SameIDOtherContent: rehearsal.Unknown,
		rehearsal.StaleTimestamp: rehearsal.Fail, rehearsal.MissingSignature: rehearsal.Pass, rehearsal.UnknownEvent: rehearsal.Pass,
	} {
		if r := results[plan]; r.Verdict != want {
			t.Errorf("%s is %s, expected %s: %s", plan, r.Verdict, want, r.Reason)
		}
	}
}

func TestAShopThatTakesNothingTellsNothing(t *testing.T) {
	s := &shop{}
	scene := openScene(t, s.open(t))
	r := scene.rehearsal("")
	r.Signs = signature.NewSecret("", "another")
	for plan, result := range run(t, r) {
		if result.Verdict != rehearsal.Unknown || !strings.Contains(result.Reason, "401") || len(result.Deliveries) != 0 {
			t.Errorf("%s is %s with %d deliveries: %s", plan, result.Verdict, len(result.Deliveries), result.Reason)
		}
	}
}

func TestAProbeThatCannotBeTrustedMakesNoVerdict(t *testing.T) {
	s := &shop{}
	scene := openScene(t, s.open(t))
	for probe, says := range map[string]string{
		"echo x; exit 3":               "the probe failed: the command failed: exit status 3",
		"head -c 40 /dev/urandom | od": "answers differently each time",
		"yes":                          "the probe failed: ",
		"http://127.0.0.1:1/state":     "the probe failed: ",
		"echo '{\"orders\":1}'":        "the probe sees no change by a genuine delivery either",
	} {
		t.Run(probe, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			r := scene.rehearsal(probe)
			err := r.Run(ctx, []rehearsal.Plan{rehearsal.Duplicate}, func(got rehearsal.Result) {
				if got.Verdict != rehearsal.Unknown || !strings.Contains(got.Reason, says) {
					t.Errorf("%s: %s, expected it to say %q", got.Verdict, got.Reason, says)
				}
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestACommandThatPrintsALineForEachOrderIsAProbe(t *testing.T) {
	book := t.TempDir() + "/orders"
	if err := os.WriteFile(book, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	scene := openScene(t, (&shop{}).open(t))
	r := scene.rehearsal("cat " + book)
	send := r.Send
	r.Send = func(ctx context.Context, c inspector.Capture, m signature.Message, patience time.Duration) (inspector.Delivery, error) {
		d, err := send(ctx, c, m, patience)
		if err == nil { // a shop that books what it gets
			f, err := os.OpenFile(book, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return d, err
			}
			_, err = fmt.Fprintln(f, "order")
			return d, errors.Join(err, f.Close())
		}
		return d, err
	}
	for plan, result := range run(t, r, rehearsal.Duplicate, rehearsal.Concurrent) {
		if result.Verdict != rehearsal.Fail || !strings.Contains(result.Reason, "lines went from") {
			t.Errorf("%s is %s: %s", plan, result.Verdict, result.Reason)
		}
	}
}

func TestWithoutASecretWhatWasCapturedIsSent(t *testing.T) {
	r := openScene(t, (&shop{}).open(t)).rehearsal("")
	r.Signs = signature.Secret{}
	results := run(t, r, rehearsal.Duplicate, rehearsal.TamperedBody, rehearsal.UnknownEvent, rehearsal.SameIDOtherContent)
	if d := results[rehearsal.Duplicate]; len(d.Deliveries) != 2 || d.Deliveries[1].Status != 200 {
		t.Errorf("the captured signature was not taken: %+v", d)
	}
	for _, plan := range []rehearsal.Plan{rehearsal.TamperedBody, rehearsal.UnknownEvent, rehearsal.SameIDOtherContent} {
		if got := results[plan]; got.Verdict != rehearsal.Unknown || !strings.Contains(got.Reason, "signed: ") || len(got.Deliveries) != 0 {
			t.Errorf("%s is %s: %s", plan, got.Verdict, got.Reason)
		}
	}
}

func TestACancelledRehearsalEnds(t *testing.T) {
	scene := openScene(t, (&shop{}).open(t))
	ctx, cancel := context.WithCancel(t.Context())
	err := scene.rehearsal("").Run(ctx, rehearsal.Plans(), func(rehearsal.Result) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
