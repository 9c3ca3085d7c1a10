package signature

import (
	"strings"
	"testing"
	"time"
)

const (
	tokenBody   = "{\"id\":\"5f1c\",\"amount\":\"12.50\",\"note\":\"ą\"}"
	tokenSecret = "jwt-secret-0001"
)

var tokenTime = time.Unix(1714979400, 0)

// jwt reads claims written "name = template".
func jwt(place string, algorithms []string, claims ...string) JWT {
	j := JWT{TokenForm: TokenForm{At: at(place), Algorithms: algorithms}}
	if place == "body" {
		j.At = []Part{{Kind: PartBody}}
	}
	for _, text := range claims {
		name, value, _ := strings.Cut(text, " = ")
		j.Claims = append(j.Claims, Claim{Name: name, Value: templates(value)[0]})
	}
	return j
}

func netlify() JWT {
	return jwt("header:X-Webhook-Signature", []string{"HS256"}, "iss = netlify", "sha256 = {body|sha256|hex}")
}

// fusion allows every algorithm; the type of the key decides.
func fusion() JWT {
	j := jwt("header:X-FusionAuth-Signature-JWT", []string{"RS256", "RS384", "PS256", "PS512", "ES256", "ES512", "HS256", "HS512", "EdDSA"},
		"request_body_sha256 = {body|sha256|base64}")
	j.Key.Fetch = "jwks"
	return j
}

func TestATokenBindsTheBodyByItsClaim(t *testing.T) {
	m := post(tokenBody, "X-Webhook-Signature", tokenNetlify)
	v := netlify().Verify(m, secrets("old", tokenSecret), tokenTime)
	expect(t, v, Verified)
	if v.Cover != CoverBody || strings.Join(v.Covered, " ") != "body" || v.Secret != "#2" {
		t.Errorf("cover %s of %v by %s, expected the body by #2", v.Cover, v.Covered, v.Secret)
	}
	for name, c := range map[string]struct {
		m       Message
		secrets []Secret
		want    Outcome
		says    string
	}{
		"other body":   {post(tokenBody+" ", "X-Webhook-Signature", tokenNetlify), secrets(tokenSecret), Mismatch, "for {body|sha256|hex}"},
		"other secret": {m, secrets("other"), Mismatch, "none of the keys"},
		"no secret":    {m, nil, NoSecret, "none is configured"},
		"no token":     {post(tokenBody), secrets(tokenSecret), Missing, "expected a token (HS256)"},
		"other issuer": {post(tokenBody, "X-Webhook-Signature", tokenNetlifyOtherIss), secrets(tokenSecret), Mismatch, "for netlify"},
		"claim gone":   {post(tokenBody, "X-Webhook-Signature", tokenNetlifyNoSha), secrets(tokenSecret), Malformed, "sha256 in the token is not there"},
		"alg none":     {post(tokenBody, "X-Webhook-Signature", tokenNone), secrets(tokenSecret), Malformed, `got alg "none"`},
		"two tokens":   {post(tokenBody, "X-Webhook-Signature", tokenNetlify, "x-webhook-signature", tokenNetlify), secrets(tokenSecret), Malformed, "2 times"},
		"no dots":      {post(tokenBody, "X-Webhook-Signature", "abc"), secrets(tokenSecret), Malformed, "three parts"},
		"cut":          {post(tokenBody, "X-Webhook-Signature", tokenNetlify[:len(tokenNetlify)-3]), secrets(tokenSecret), Mismatch, "none of the keys"},
		"padded":       {post(tokenBody, "X-Webhook-Signature", tokenNetlify+"="), secrets(tokenSecret), Malformed, "three parts"},
		"other alg":    {post(tokenBody, "X-Webhook-Signature", tokenFaRS256), secrets(tokenSecret), Malformed, `got alg "RS256"`},
		"public key":   {m, secrets(pubRsa), Malformed, "is a public key: expected the shared secret"},
	} {
		v := netlify().Verify(c.m, c.secrets, tokenTime)
		if v.Outcome != c.want || !strings.Contains(lastEvidence(v), c.says) {
			t.Errorf("%s: %s with %q, expected %s with %q", name, v.Outcome, lastEvidence(v), c.want, c.says)
		}
	}
}

func TestTheTypeOfTheKeyDecidesTheAlgorithm(t *testing.T) {
	for token, key := range map[string]string{
		tokenFaRS256: pubRsa, tokenFaRS384: pubRsa, tokenFaPS256: pubRsa, tokenFaPS512: pubRsa,
		tokenFaES256: pubP256, tokenFaES512: pubP521, tokenFaEdDSA: pubEd, tokenFaHS512: tokenSecret,
	} {
		m := post(tokenBody, "X-FusionAuth-Signature-JWT", token)
		expect(t, fusion().Verify(m, secrets(key), tokenTime), Verified)
		if key != tokenSecret {
			expect(t, fusion().Verify(m, secrets(testSet), tokenTime), Verified)
			expect(t, fusion().Verify(m, secrets(tokenSecret, testSet), tokenTime), Verified)
		}
		expect(t, fusion().Verify(post("{}", "X-FusionAuth-Signature-JWT", token), secrets(key), tokenTime), Mismatch)
		for _, other := range []string{pubRsa, pubP256, pubP521, pubEd} {
			if other == key {
				continue
			}
			if v := fusion().Verify(m, secrets(other), tokenTime); v.Outcome != Mismatch && v.Outcome != Malformed {
				t.Errorf("%.20s... with another key: %s", token, v.Outcome)
			}
		}
	}
}

// The classic attack: the public key, which everybody knows, as the secret of
// an HMAC.
func TestAPublicKeyIsNeverTheSecretOfAnHMAC(t *testing.T) {
	m := post(tokenBody, "X-FusionAuth-Signature-JWT", tokenConfused)
	for _, key := range []string{pubRsa, strings.TrimSpace(pubRsa), testSet} {
		v := fusion().Verify(m, secrets(key), tokenTime)
		expect(t, v, Mismatch)
		expectText(t, lastEvidence(v), "no key fits HS256: configured is a public key")
		expect(t, fusion().Verify(m, secrets(key, "other"), tokenTime), Mismatch)
	}
}

// A sender must not get from "held" to "nothing configured" by the algorithm
// that it names.
func TestATokenForAnotherKindOfKeyIsAMismatch(t *testing.T) {
	for _, token := range []string{tokenFaRS256, tokenFaES256, tokenFaEdDSA} {
		v := fusion().Verify(post(tokenBody, "X-FusionAuth-Signature-JWT", token), secrets(tokenSecret), tokenTime)
		expect(t, v, Mismatch)
		expectText(t, lastEvidence(v), "configured is a shared secret")
	}
}

func TestAWholeBodyCanBeAToken(t *testing.T) {
	kinde := jwt("body", []string{"RS256"})
	for token, want := range map[string]Outcome{
		tokenKinde: Verified, tokenKindeExpired: Stale, tokenKindeEarly: Stale, tokenKindeBadExp: Malformed,
		"": Missing, "{}": Malformed, tokenKinde[:300]: Malformed, tokenKinde + "x": Malformed,
	} {
		v := kinde.Verify(post(token), secrets(testSet), tokenTime)
		expect(t, v, want)
		if want == Verified && (v.Cover != CoverBody || v.Covered[0] != "body") {
			t.Errorf("cover %s of %v, expected the body", v.Cover, v.Covered)
		}
	}
	expect(t, kinde.Verify(post(tokenKinde+"\n"), secrets(pubRsa), tokenTime), Verified)
	expect(t, kinde.Verify(post(tokenKinde), nil, tokenTime), NoSecret)
	event := ReadFields(post(tokenKinde)).Get(part("body|jwt|json:type"))
	expectText(t, event.Text, "user.created")
}

func TestTheAgeOfATokenIsThatOfItsClaim(t *testing.T) {
	plaid := jwt("header:Plaid-Verification", []string{"ES256"}, "request_body_sha256 = {body|sha256|hex}")
	plaid.Timestamp = Timestamp{At: Part{Kind: PartClaim, Name: "iat"}, Format: Unix, Tolerance: 5 * time.Minute}
	m := post(tokenBody, "Plaid-Verification", tokenPlaid)
	expect(t, plaid.Verify(m, secrets(testSet), tokenTime.Add(5*time.Minute)), Verified)
	expect(t, plaid.Verify(m, secrets(testSet), tokenTime.Add(5*time.Minute+time.Second)), Stale)
	expect(t, plaid.Verify(m, secrets(testSet), tokenTime.Add(-6*time.Minute)), Stale)
	plaid.Timestamp.At.Name = "exp"
	expect(t, plaid.Verify(m, secrets(testSet), tokenTime), Malformed)
}

func TestAClaimForTheBodyIsThereExactlyWithABody(t *testing.T) {
	bird := jwt("header:MessageBird-Signature-JWT", []string{"HS256"}, "iss = MessageBird", "url_hash = {url|sha256|hex}", "payload_hash = {body|sha256|hex}")
	bird.Claims[2].WithBody = true
	for _, c := range []struct {
		body, token string
		want        Outcome
	}{{tokenBody, tokenMb, Verified}, {"", tokenMbNobody, Verified}, {"", tokenMb, Mismatch}, {tokenBody, tokenMbNobody, Malformed}, {"{}", tokenMb, Mismatch}} {
		m := post(c.body, "MessageBird-Signature-JWT", c.token)
		m.URL = "https://shop.example/hooks/mb?a=1&b=2"
		v := bird.Verify(m, secrets(tokenSecret), tokenTime)
		expect(t, v, c.want)
		m.URL = "https://shop.example/hooks/mb?b=2&a=1"
		if v := bird.Verify(m, secrets(tokenSecret), tokenTime); c.want == Verified {
			expect(t, v, Mismatch)
		}
	}
}

func TestTokensThatWeSignVerify(t *testing.T) {
	bearer := jwt("header:Authorization", []string{"HS256"}, "payload_hash = {body|sha256|hex}")
	bearer.Prefix = "Bearer "
	for _, c := range []struct {
		s                 JWT
		m                 Message
		private, verifies string
	}{
		{netlify(), post(tokenBody), tokenSecret, tokenSecret},
		{bearer, post(tokenBody), tokenSecret, tokenSecret},
		{fusion(), post(tokenBody), privRsa, pubRsa}, {fusion(), post(tokenBody), privP256, pubP256},
		{fusion(), post(tokenBody), privP521, pubP521}, {fusion(), post(tokenBody), privEd, pubEd},
		{fusion(), post(tokenBody), tokenSecret, tokenSecret},
		{jwt("body", []string{"RS256"}), post(`{"type":"user.created","n":12345678901234567890}`), privRsa, pubRsa},
		{jwt("body", []string{"RS256"}), post(tokenKinde), privRsa, testSet},
	} {
		out := sign(t, c.s, c.m, c.private)
		v := c.s.Verify(out, secrets(c.verifies), noon)
		expect(t, v, Verified)
		expect(t, c.s.Verify(out, secrets(c.verifies), noon.Add(time.Hour)), Stale)
	}
	if _, err := netlify().Sign(post("{}"), NewSecret("#1", pubRsa), noon); err == nil {
		t.Error("signed with a public key")
	}
	out := sign(t, jwt("body", []string{"RS256"}), post(`{"type":"a","n":12345678901234567890}`), privRsa)
	expectText(t, ReadFields(out).Get(part("body|jwt|json:n")).Text, "12345678901234567890")
}

func TestTokensAreCheckedForTheirScheme(t *testing.T) {
	for _, j := range []JWT{
		jwt("header:A", nil), jwt("header:A", []string{"none"}), jwt("header:A", []string{"HS1"}), jwt("header:A", []string{"HS256"}, " = x"),
		jwt("header:A", []string{"HS256"}, "a = {secret}"), jwt("header:A", []string{"HS256"}, "a = {key:b}"), jwt("url", []string{"HS256"}),
		{TokenForm: TokenForm{At: at("header:A"), Algorithms: []string{"HS256"}, Key: KeySource{Published: []string{pubRsa}}}},
	} {
		if j.Check() == nil {
			t.Errorf("%+v is no scheme", j)
		}
	}
	for _, j := range []JWT{netlify(), fusion(), jwt("body", []string{"RS256"})} {
		if err := j.Check(); err != nil {
			t.Error(err)
		}
	}
}
