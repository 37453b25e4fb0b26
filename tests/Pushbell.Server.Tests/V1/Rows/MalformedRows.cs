namespace Pushbell.Server.Tests.V1.Rows;

/// <summary>Bodies that miss something or say it wrongly: 400, and the sentence names what.</summary>
internal static class MalformedRows
{
    private const string NoEmail = "email is required.";
    private const string BadEmail = "email is not an email address.";
    private const string NoObject = "The request body must be a JSON object.";
    private const string BadUrl = "url must be an absolute http or https address.";

    private static readonly (string Path, string Tail)[] Routes =
    [
        ("/send", ""","title":"T","body":"B"}"""),
        ("/subscribe", ""","subscription":{"endpoint":"{endpoint}","keys":{"p256dh":"{p256dh}","auth":"{auth}"}}}"""),
        ("/unsubscribe", "}"),
    ];

    private static readonly (string Case, string Email, string Sentence)[] Emails =
    [
        ("is null", "null", NoEmail),
        ("is empty", "\"\"", NoEmail),
        ("is blank", "\"  \"", NoEmail),
        ("is a number", "5", "email must be a string."),
        ("is a list", """["a@example.com"]""", "email must be a string."),
        ("has no @", "\"person\"", BadEmail),
        ("has two @", "\"a@b@example.com\"", BadEmail),
        ("has nothing before @", "\"@example.com\"", BadEmail),
        ("has nothing after @", "\"person@\"", BadEmail),
        ("has an empty label", "\"person@example..com\"", BadEmail),
        ("holds a blank", "\"[email protected]\"", BadEmail),
        ("holds a control character", "\"per\\u0007son@example.com\"", BadEmail),
        ("holds the null character", "\"per\\u0000son@example.com\"", "The request body holds a null character, which is in no text that could be stored or shown."),
        ("has 255 characters", $"\"{new string('a', 243)}@example.com\"", BadEmail),
    ];

    public static IEnumerable<Row> All =>
        [
            .. Routes.SelectMany(route => Emails.Select(email => Email(route.Path, route.Tail, email))),
            .. Routes.Select(route => Malformed(route.Path, "an empty object", "{}", NoEmail)),
            .. new[] { "title", "body" }.SelectMany(Texts),
            Send("url is relative", """{"email":"{email}","title":"T","body":"B","url":"/reservation"}""", BadUrl),
            Send("url is a script", """{"email":"{email}","title":"T","body":"B","url":"javascript:alert(1)"}""", BadUrl),
            Send("url is a number", """{"email":"{email}","title":"T","body":"B","url":1}""", "url must be a string."),
            Send("the body is empty", "", "Malformed JSON at line 1, byte 1."),
            Send("the body is cut off", """{"email":"{email}",""", "Malformed JSON at line 1, byte 34."),
            Send("the body is a list", "[]", NoObject),
            Send("the body is a string", "\"hello\"", NoObject),
            Send("the body is null", "null", NoObject),
            Send("a comma too many", "{\"email\":\"a@b\",\n}", "Malformed JSON at line 2, byte 1."),
            Send("a comment", "{ // no JSON\n}", "Malformed JSON at line 1, byte 3."),
            Send("a lone surrogate", """{"email":"{email}","title":"\ud83d","body":"B"}""", "title must be a string."),
        ];

    private static Row Email(string path, string tail, (string Case, string Email, string Sentence) email) =>
        Malformed(path, $"email {email.Case}", $$"""{"email":{{email.Email}}""" + tail, email.Sentence);

    private static IEnumerable<Row> Texts(string name)
    {
        var other = name == "title" ? "body" : "title";
        var required = $"{name} is required and must not be empty.";
        yield return Malformed("/send", $"{name} is missing", $$"""{"email":"{email}","{{other}}":"x"}""", required);
        yield return Malformed("/send", $"{name} is null", $$"""{"email":"{email}","{{other}}":"x","{{name}}":null}""", required);
        yield return Malformed("/send", $"{name} is empty", $$"""{"email":"{email}","{{other}}":"x","{{name}}":""}""", required);
        yield return Malformed("/send", $"{name} is blank", $$"""{"email":"{email}","{{other}}":"x","{{name}}":" \n"}""", required);
        yield return Malformed("/send", $"{name} is an object", $$"""{"email":"{email}","{{other}}":"x","{{name}}":{} }""", $"{name} must be a string.");
    }

    private static Row Send(string name, string body, string sentence) => Malformed("/send", name, body, sentence) with { Cites = Page.Errors };

    private static Row Malformed(string path, string name, string body, string sentence) =>
        new(Page.BadRequest, $"{path[1..]}: {name}", new V1Request(path, body), 400, Row.Error(sentence));
}
