package signature

import (
	"strings"
	"testing"
	"time"
)

func jws(place, payload string, algorithms ...string) JWS {
	return JWS{TokenForm: TokenForm{At: at(place), Algorithms: algorithms}, Payload: templates(payload)[0]}
}

func jose(payload string) Template {
	t := templates(payload)[0]
	for i, p := range t {
		if p.Kind == PartKey {
			t[i].Kind = PartJOSE
		}
	}
	return t
}

func neon() JWS {
	j := jws("header:X-Neon-Signature", "{header:X-Neon-Timestamp}.{body|base64url}", "EdDSA")
	j.Timestamp = Timestamp{At: part("header:X-Neon-Timestamp"), Format: UnixMilli, Tolerance: 5 * time.Minute}
	return j
}

func trueLayer() JWS {
	j := jws("header:Tl-Signature", "{body}", "ES512")
	j.Payload = jose("{method} {path}\n{key:tl_headers?|header-lines}{body}")
	return j
}

func TestADetachedTokenSignsTheMessage(t *testing.T) {
	for _, c := range []struct {
		s      JWS
		fields []string
		covers string
	}{
		{jws("header:Saleor-Signature", "{body}", "RS256"), []string{"Saleor-Signature", tokenSaleor}, "body"},
		{jws("header:Fireblocks-Webhook-Signature", "{body}", "RS512"), []string{"Fireblocks-Webhook-Signature", tokenFireblocks}, "body"},
		{neon(), []string{"X-Neon-Signature", tokenNeon, "X-Neon-Timestamp", "1714979400000"}, "header:X-Neon-Timestamp body"},
		{trueLayer(), []string{"Tl-Signature", tokenTruelayer, "Content-Type", "application/json", "X-Tl-Webhook-Timestamp", "2024-05-06T07:10:00Z"}, "method path body"},
		{trueLayer(), []string{"Tl-Signature", tokenTruelayerBare}, "method path body"},
	} {
		if err := c.s.Check(); err != nil {
			t.Error(err)
		}
		m := post(tokenBody, c.fields...)
		m.Method, m.Target = "POST", "/hooks/tl"
		v := c.s.Verify(m, secrets(testSet), tokenTime)
		expect(t, v, Verified)
		if v.Cover != CoverBody || strings.Join(v.Covered, " ") != c.covers {
			t.Errorf("%s: cover %s of %v, expected %s", c.fields[0], v.Cover, v.Covered, c.covers)
		}
		other := m
		other.Body = []byte(strings.Replace(tokenBody, "12.50", "92.50", 1))
		expect(t, c.s.Verify(other, secrets(testSet), tokenTime), Mismatch)
		expect(t, c.s.Verify(m, nil, tokenTime), NoSecret)
		expect(t, c.s.Verify(m, secrets("not a key"), tokenTime), Malformed)
		for i := 2; i < len(c.fields); i += 2 {
			gone := m
			gone.Header = m.Header.Without(c.fields[i])
			expect(t, c.s.Verify(gone, secrets(testSet), tokenTime), Malformed)
			gone.Header = m.Header.With(c.fields[i], "1714979400001")
			expect(t, c.s.Verify(gone, secrets(testSet), tokenTime), Mismatch)
		}
	}
}

func TestATokenThatIsNotDetachedIsMalformed(t *testing.T) {
	s := jws("header:S", "{body}", "RS256", "RS512", "ES256")
	for _, text := range []string{
		tokenFaRS256, tokenCrit, strings.Replace(tokenSaleor, "..", ".", 1), tokenSaleor + ".", "..", "a..b", "." + tokenSaleor,
		tokenNeon, "eyJhbGciOiJSUzI1NiIsImFsZyI6IlJTMjU2In0.." + strings.Split(tokenSaleor, "..")[1],
	} {
		v := s.Verify(post(tokenBody, "S", text), secrets(testSet), tokenTime)
		if v.Outcome != Malformed {
			t.Errorf("%.60s... is %s, expected malformed", text, v.Outcome)
		}
	}
}

func TestAPayloadMayBeUnencodedWithoutSayingSo(t *testing.T) {
	s := jws("header:S", "{body}", "ES256")
	m := post(tokenBody, "S", tokenPlainbody)
	expect(t, s.Verify(m, secrets(testSet), tokenTime), Mismatch)
	s.Unencoded = true
	expect(t, s.Verify(m, secrets(testSet), tokenTime), Verified)
}

func TestTheTimeMayStandInTheHeaderOfTheToken(t *testing.T) {
	s := jws("header:S", "{body}", "RS256")
	s.Timestamp = Timestamp{At: Part{Kind: PartJOSE, Name: "ts"}, Format: Unix, Tolerance: time.Minute}
	m := post(tokenBody, "S", tokenConstant)
	expect(t, s.Verify(m, secrets(pubRsa), tokenTime.Add(time.Minute)), Verified)
	expect(t, s.Verify(m, secrets(pubRsa), tokenTime.Add(time.Hour)), Stale)
	expect(t, s.Verify(post(tokenBody, "S", tokenSaleor), secrets(pubRsa), tokenTime), Malformed)
	signed := sign(t, s, m, privRsa)
	expect(t, s.Verify(signed, secrets(pubRsa), noon), Verified)
	expect(t, s.Verify(signed, secrets(pubRsa), noon.Add(time.Hour)), Stale)
}

func TestDetachedTokensThatWeSignVerify(t *testing.T) {
	for _, c := range []struct {
		s           JWS
		fields      []string
		private, pk string
	}{
		{jws("header:S", "{body}", "RS256"), nil, privRsa, pubRsa},
		{jws("header:S", "{body}", "RS256"), []string{"S", tokenSaleor}, privRsa, testSet},
		{neon(), nil, privEd, pubEd}, {trueLayer(), []string{"Tl-Signature", tokenTruelayerBare}, privP521, pubP521}, {trueLayer(), nil, privP521, pubP521},
	} {
		m := post(tokenBody, c.fields...)
		m.Method, m.Target = "POST", "/x"
		expect(t, c.s.Verify(sign(t, c.s, m, c.private), secrets(c.pk), noon), Verified)
	}
	if _, err := neon().Sign(post("{}"), NewSecret("#1", privRsa), noon); err == nil {
		t.Error("signed EdDSA with an RSA key")
	}
}
