package signature

import (
	"strings"
	"testing"
	"time"
)

// The shared test data of truelayer-signing (test-resources): two signatures,
// the public key, and the same key as a JWKS whose x lacks its leading zero.
const (
	trueLayerHook = "eyJhbGciOiJFUzUxMiIsImtpZCI6IjQ1ZmM3NWNmLTU2NDktNDEzNC04NGIzLTE5MmMyYzc4ZTk5MCIsInRsX3ZlcnNpb24iOiIyIiwidGxfaGVhZGVycyI6IlgtVGwtV2ViaG9vay1UaW1lc3RhbXAsQ29udGVudC1UeXBlIiwiamt1IjoiaHR0cHM6Ly93ZWJob29rcy50cnVlbGF5ZXIuY29tLy53ZWxsLWtub3duL2p3a3MifQ..AB9S1dzZTmw0tofUjJNGO7Kt_jZsahPyIrBTdhfxBWOI3KoLALkMy6ka1MjpZQx06_hQUJnanu9K_LS6V9lNaNGiAX5Cos5RWQfbeBCZWqAvIpXO3FvIzyJKRaTYK8FBG4lfJYPi76_pIkCLGKWeq8__7ElpMVRcLTM5IBKWL8isVZn_"
	trueLayerCall = "eyJhbGciOiJFUzUxMiIsImtpZCI6IjQ1ZmM3NWNmLTU2NDktNDEzNC04NGIzLTE5MmMyYzc4ZTk5MCIsInRsX3ZlcnNpb24iOiIyIiwidGxfaGVhZGVycyI6IklkZW1wb3RlbmN5LUtleSJ9..AC9-1MKHb_A2JsB5_VLpRNt1YSrOBRyK3zqtVxpmY7lptQMn9Kk9iPhgaArymBWEmj9Tu76WRJVPUTgHMEi--RYLAexU7kE1Os-pzPCEtoWn9Z7QLDBLexgHM0dgiv-4ORYX2fpMkTfwUHnFQtpLFSCX1xgC5r_daOd7CpqOTykBFTZc"
	trueLayerKey  = `-----BEGIN PUBLIC KEY-----
MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQAoLuW4nFqoUuR8d7FVsUoI62libYd
QlWGtLStnqdudLY92bQ0ra5eZAbkunrGTR9+w9mr4o2Etyb6pC7YB2+23WMBfVyO
QYyKW2KQ+uRfj2rC4kN1wRNpOyP6TIU/yOwX1blcAHdni0GJC1zvYNCclh4rIBX9
PqplO0UoWv5OniK76Ps=
-----END PUBLIC KEY-----`
	trueLayerSet = `{"keys":[{"kty":"EC","alg":"ES512","kid":"45fc75cf-5649-4134-84b3-192c2c78e990","crv":"P-521",
"x":"oLuW4nFqoUuR8d7FVsUoI62libYdQlWGtLStnqdudLY92bQ0ra5eZAbkunrGTR9-w9mr4o2Etyb6pC7YB2-23WM",
"y":"AX1cjkGMiltikPrkX49qwuJDdcETaTsj-kyFP8jsF9W5XAB3Z4tBiQtc72DQnJYeKyAV_T6qZTtFKFr-Tp4iu-j7"}]}`
)

func TestTheTestDataOfTrueLayerVerifies(t *testing.T) {
	hook := post(`{"event_type":"example","event_id":"18b2842b-a57b-4887-a0a6-d3c7c36f1020"}`,
		"Tl-Signature", trueLayerHook, "X-Tl-webhook-Timestamp", "2021-11-29T11:42:55Z", "Content-Type", "application/json")
	hook.Method, hook.Target = "POST", "/tl-webhook"
	call := post(`{"currency":"GBP","max_amount_in_minor":5000000}`,
		"Tl-Signature", trueLayerCall, "Idempotency-Key", "idemp-2076717c-9005-4811-a321-9e0787fa0382")
	call.Method, call.Target = "POST", "/merchant_accounts/a61acaef-ee05-4077-92f3-25543a11bd8d/sweeping"
	for _, m := range []Message{hook, call} {
		for _, key := range []string{trueLayerKey, trueLayerSet} {
			expect(t, trueLayer().Verify(m, secrets(key), noon), Verified)
			for _, spoilt := range []Message{
				{Method: "PUT", Target: m.Target, Header: m.Header, Body: m.Body},
				{Method: m.Method, Target: m.Target + "/", Header: m.Header, Body: m.Body},
				{Method: m.Method, Target: m.Target, Header: m.Header, Body: append([]byte(" "), m.Body...)},
			} {
				expect(t, trueLayer().Verify(spoilt, secrets(key), noon), Mismatch)
			}
		}
	}
}

// RFC 7515, appendix A.1: the first token that everybody checks.
func TestTheFirstTokenOfTheRFCVerifies(t *testing.T) {
	const token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	j := jwt("header:Authorization", []string{"HS256"}, "iss = joe")
	j.Prefix, j.Secret.Encoding = "Bearer ", Base64URL
	const key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
	for _, prefix := range []string{"Bearer ", "bearer ", "BEARER  "} {
		v := j.Verify(post("{}", "Authorization", prefix+token), secrets(key), time.Unix(1300819380, 0))
		expect(t, v, Verified)
		if v.Cover != CoverNone {
			t.Errorf("cover %s, expected none", v.Cover)
		}
	}
	expect(t, j.Verify(post("{}", "Authorization", token), secrets(key), time.Unix(1300819380, 0)), Malformed)
	expect(t, j.Verify(post("{}", "Authorization", "Bearer "+token), secrets(key), time.Unix(1300819440, 0)), Stale)
	if out := marshal(t, j.Verify(post("{}", "Authorization", "Bearer "+token), secrets(key), noon)); strings.Contains(out, token) || strings.Contains(out, key) {
		t.Errorf("the token or the secret stands in %s", out)
	}
}
