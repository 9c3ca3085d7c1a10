package tunnel

import "strings"

// ngrokWord is what we say about a code of the service.
type ngrokWord struct {
	says   string
	advice string
	quote  bool // the service's own message says more: numbers, names
}

const (
	tokenPage  = "https://dashboard.ngrok.com/get-started/your-authtoken"
	domainPage = "https://dashboard.ngrok.com/domains"
	usagePage  = "https://dashboard.ngrok.com/usage"
	errorPage  = "https://ngrok.com/docs/errors/"
)

// ngrokWords are the codes that users meet, by their meaning in ngrok's
// documentation. The service's limits change, so none is repeated here.
func ngrokWords() map[string]ngrokWord {
	return map[string]ngrokWord{
		"ERR_NGROK_105": {says: "ngrok does not know this authtoken",
			advice: "Copy the token from " + tokenPage + " and paste it again."},
		"ERR_NGROK_106": {says: "the ngrok authtoken is malformed or of an old kind",
			advice: "Copy the token from " + tokenPage + " and paste it again."},
		"ERR_NGROK_107": {says: "the ngrok authtoken was revoked or reset",
			advice: "Copy the present token from " + tokenPage + " and paste it."},
		"ERR_NGROK_108": {says: "the ngrok account has too many agents online", quote: true,
			advice: "Stop ngrok on other machines, or look under Agents in the ngrok dashboard."},
		"ERR_NGROK_120": {says: "this program's ngrok library is too old for the service", quote: true,
			advice: "Update Shopbell."},
		"ERR_NGROK_121": {says: "this program's ngrok library is too old for the account's plan", quote: true,
			advice: "Update Shopbell."},
		"ERR_NGROK_123": {says: "the mail address of the ngrok account is not verified",
			advice: "Open the mail from ngrok, or ask for another at https://dashboard.ngrok.com/user/settings."},
		"ERR_NGROK_313": {says: "this ngrok name needs a paid plan", quote: true,
			advice: "Leave the domain out to use the account's own, listed at " + domainPage + "."},
		"ERR_NGROK_314": {says: "this ngrok domain needs a paid plan", quote: true,
			advice: "Leave the domain out to use the account's own, listed at " + domainPage + "."},
		"ERR_NGROK_334": {says: "this public address is already online", quote: true,
			advice: "Stop the other program that uses it. After a crash or sleep, wait a minute until ngrok lets go of it."},
		"ERR_NGROK_702": {says: "too many connections for the ngrok plan", quote: true,
			advice: "Wait a minute, or see the limits at " + usagePage + "."},
		"ERR_NGROK_725": {says: "the ngrok account has used up its data for this month", quote: true,
			advice: "See " + usagePage + "."},
		"ERR_NGROK_726": {says: "the ngrok account has used up its requests for this month", quote: true,
			advice: "See " + usagePage + "."},
		"ERR_NGROK_727": {says: "the ngrok account has used up its HTTP requests for this month", quote: true,
			advice: "See " + usagePage + "."},
		"ERR_NGROK_734": {says: "the ngrok account has reached a limit of its plan", quote: true,
			advice: "See " + usagePage + "."},
		"ERR_NGROK_3004": {says: "ngrok could not read the answer that it got from here",
			advice: "Look at the answer of the shop; it may not be HTTP."},
		"ERR_NGROK_3200": {says: "the public address is offline",
			advice: "Go online; senders get 404 until then."},
		"ERR_NGROK_4018": {says: "ngrok needs an account and an authtoken",
			advice: "Sign up at https://dashboard.ngrok.com/signup and paste the token from " + tokenPage + "."},
		"ERR_NGROK_8012": {says: "ngrok could not reach this program",
			advice: "Go offline and online again."},
		"ERR_NGROK_9037": {says: "the ngrok domain is not one that ngrok can serve", quote: true,
			advice: "Write a domain from " + domainPage + ", or leave it out."},
	}
}

// ngrokError puts a code of the service into words. said is the service's own
// message, already cleaned.
func ngrokError(code, said string) *Error {
	word, known := ngrokWords()[code]
	switch {
	case !known && said == "":
		word.says = "ngrok refused with " + code
	case !known:
		word.says = "ngrok refused: " + said
	case word.quote && said != "":
		word.says += `; ngrok says: "` + said + `"`
	}
	if !known {
		word.advice = "See " + errorPage + strings.ToLower(code) + "."
	}
	return &Error{Code: code, Says: word.says, Advice: word.advice}
}
