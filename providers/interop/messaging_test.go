package interop

import (
	"net/url"

	stream "github.com/GetStream/stream-chat-go/v6"
	"github.com/line/line-bot-sdk-go/v8/linebot/webhook"
	"github.com/mailgun/mailgun-go/v5"
	"github.com/mailgun/mailgun-go/v5/mtypes"
	legacybird "github.com/messagebird/go-rest-api/v7/signature"
	bird "github.com/messagebird/go-rest-api/v9/signature_jwt"
	"github.com/nicklaw5/helix/v2"
	"github.com/pusher/pusher-http-go/v5"
	"github.com/slack-go/slack"
	"github.com/tidwall/gjson"
	twilio "github.com/twilio/twilio-go/client"

	"shopbell/providers/signature"
)

func messagingLibraries() []library {
	return []library{
		{provider: "slack", module: "slack-go", secret: "8f742231b10e8888abcd99yyyzzz85a5", judge: bySlack},
		{provider: "line", module: "line-bot-sdk-go", secret: "line channel secret", judge: func(d delivery) error {
			return took(webhook.ValidateSignature(d.secret, d.get("X-Line-Signature"), d.Body))
		}},
		{provider: "twitch", module: "helix", secret: "s3cre77890ab", judge: func(d delivery) error {
			return took(helix.VerifyEventSubNotification(d.secret, d.header(), string(d.Body)))
		}},
		{provider: "getstream", module: "stream-chat-go", secret: "stream-api-secret", judge: func(d delivery) error {
			client, err := stream.NewClient("key", d.secret)
			if err != nil {
				return err
			}
			return took(client.VerifyWebhook(d.Body, []byte(d.get("X-Signature"))))
		}},
		{provider: "pusher", module: "pusher-http-go", secret: "7ad3773142a6692b25b8",
			body: `{"time_ms":1327078148132,"events":[{"name":"channel_occupied","channel":"orders"}]}`,
			judge: func(d delivery) error {
				client := pusher.Client{Key: d.get("X-Pusher-Key"), Secret: d.secret}
				_, err := client.Webhook(d.header(), d.Body)
				return err
			}},
		{provider: "mailgun", module: "mailgun-go", secret: "key-3ax6xnjp29jd6fds4gc373sgvjxteol0", judge: byMailgun},
		{provider: "twilio", module: "twilio-go", secret: "12345", judge: byTwilio,
			body:   "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
			header: []signature.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}},
		{provider: "messagebird", module: "messagebird go-rest-api", secret: "bird-signing-key", judge: func(d delivery) error {
			_, err := bird.NewValidator(d.secret).ValidateSignature(d.get("MessageBird-Signature-JWT"), d.URL, d.Body)
			return err
		}},
		{provider: "messagebird_legacy", module: "messagebird go-rest-api", secret: "legacy-signing-key", judge: func(d delivery) error {
			return legacybird.NewValidator(d.secret).ValidRequest(d.request())
		}},
	}
}

func bySlack(d delivery) error {
	v, err := slack.NewSecretsVerifier(d.header(), d.secret)
	if err != nil {
		return err
	}
	if _, err := v.Write(d.Body); err != nil {
		return err
	}
	return v.Ensure()
}

func byMailgun(d delivery) error {
	client := mailgun.NewMailgun("api-key")
	client.SetWebhookSigningKey(d.secret)
	at := gjson.GetBytes(d.Body, "signature")
	ok, err := client.VerifyWebhookSignature(mtypes.Signature{
		TimeStamp: at.Get("timestamp").String(), Token: at.Get("token").String(), Signature: at.Get("signature").String()})
	if err != nil {
		return err
	}
	return took(ok)
}

func byTwilio(d delivery) error {
	form, err := url.ParseQuery(string(d.Body))
	if err != nil {
		return err
	}
	params := map[string]string{}
	for name := range form {
		params[name] = form.Get(name)
	}
	validator := twilio.NewRequestValidator(d.secret)
	return took(validator.Validate(d.URL, params, d.get("X-Twilio-Signature")))
}
