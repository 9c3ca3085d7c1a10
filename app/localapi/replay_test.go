package localapi

import (
	"errors"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/inspectortest"
	"shopbell/providers/signature"
)

func TestWhatCannotBeSignedIsTheCallersMistake(t *testing.T) {
	s := openScene(t)
	for path, says := range map[string]string{"/twisto/1": "documents no signature", "/tweed/2": `endpoint "tweed new" has no secret`} {
		id := s.post(path, `{"action":"check"}`)
		status, body := s.call("POST", "/api/captures/"+id.String()+"/replay", `{"resign":true}`, nil)
		wantFault(t, path, status, body, 422)
		if _, err := s.client.Replay(t.Context(), id, ReplayOrder{Resign: true}); !errors.Is(err, inspector.ErrCannotSign) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, expected ErrCannotSign that says %q", path, err, says)
		}
	}
}

// post delivers a body and returns the id of its capture.
func (s *scene) post(target, body string) ulid.ULID {
	s.t.Helper()
	m := signature.Message{Method: "POST", Target: target, Header: signature.Header{{Name: "Host", Value: "shop.example"}}, Body: []byte(body)}
	if _, err := inspectortest.Send(s.t.Context(), s.engine.Local().URL, m); err != nil {
		s.t.Fatal(err)
	}
	page, err := s.engine.Store().Page(s.t.Context(), inspector.Query{}, ulid.ULID{}, 1)
	if err != nil || len(page) != 1 {
		s.t.Fatalf("got %v (%v), expected the capture", page, err)
	}
	return page[0].ID
}

func TestATargetThatCannotBeReachedByHTTPIsTheCallersMistake(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, secret)
	for _, to := range []string{"http://me:hunter2@localhost/", "http:me:hunter2@localhost", "http://localhost/a b", "http://localhost/#x", "http://localhost:x"} {
		status, body := s.call("POST", "/api/captures/"+id.String()+"/replay", `{"to":"`+to+`"}`, nil)
		wantFault(t, to, status, body, 400)
		if strings.Contains(body, "hunter2") {
			t.Errorf("%s: the password is in %s", to, body)
		}
	}
}

func TestAReplayIsInTheListAtOnce(t *testing.T) {
	s := openScene(t)
	id := s.send(`{"type":"a"}`, secret)
	for n := 2; n < 12; n++ {
		if _, err := s.client.Replay(t.Context(), id, ReplayOrder{}); err != nil {
			t.Fatal(err)
		}
		c, err := s.client.Show(t.Context(), id)
		if err != nil || len(c.Deliveries) != n {
			t.Fatalf("got %d deliveries (%v), expected %d", len(c.Deliveries), err, n)
		}
	}
}

func TestADiagnosisHasAllItsFieldsAlways(t *testing.T) {
	v := signature.Verdict{Diagnosis: &signature.Diagnosis{Cause: signature.Unexplained, Says: "says", Do: "do"}}
	j := NewVerdictJSON(v)
	if j.Diagnosis.Tried == nil {
		t.Error("tried is null, expected an empty list")
	}
	if back := j.Verdict(); back.Diagnosis == nil || back.Diagnosis.Says != "says" || back.Diagnosis.Tried != nil {
		t.Errorf("came back as %+v", back.Diagnosis)
	}
}
