using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Tests.Components;

/// <summary>What of a .razor file reaches a reader word for word: expressions, tags and control flow are taken out.</summary>
internal static partial class RazorMarkup
{
    public static IEnumerable<string> LiteralTexts(string page)
    {
        var markup = CodeBlock().Replace(Comment().Replace(page, ""), "");
        return WithoutTags(WithoutExpressions(Directive().Replace(markup, "")))
            .Split('\n')
            .Select(line => ControlFlow().Replace(line, "").Trim())
            .Where(line => Word().IsMatch(line));
    }

    private static string WithoutExpressions(string text)
    {
        var left = new StringBuilder();
        for (var i = 0; i < text.Length; )
        {
            if (text[i] == '@')
                i = EndOfExpression(text, i + 1);
            else
                left.Append(text[i++]);
        }
        return left.ToString();
    }

    private static int EndOfExpression(string text, int i)
    {
        if (text[i] == '(')
            return EndOfBrackets(text, i);
        var name = Name().Match(text, i);
        i += name.Length;
        if (name.Value is "if" or "foreach" or "for" or "switch")
            return EndOfBrackets(text, text.IndexOf('(', i));
        while (i < text.Length)
        {
            if (text[i] is '(' or '[')
                i = EndOfBrackets(text, i);
            else if (text[i] == '.' && Name().Match(text, i + 1) is { Success: true } member)
                i += 1 + member.Length;
            else
                break;
        }
        return i;
    }

    private static int EndOfBrackets(string text, int i)
    {
        var depth = 0;
        for (var quoted = false; i < text.Length; i++)
        {
            if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] is '(' or '[')
                depth++;
            else if (!quoted && text[i] is ')' or ']' && --depth == 0)
                return i + 1;
        }
        return i;
    }

    private static string WithoutTags(string markup)
    {
        var left = new StringBuilder();
        var (inTag, quoted) = (false, false);
        for (var i = 0; i < markup.Length; i++)
        {
            if (!inTag && markup[i] == '<')
                inTag = true;
            else if (inTag && markup[i] == '"')
                quoted = !quoted;
            else if (inTag && !quoted && markup[i] == '>')
                inTag = false;
            else if (!inTag)
                left.Append(markup[i]);
        }
        return left.ToString();
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\n@code\b.*", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^@(using|inject|inherits|implements|attribute|layout|typeparam|namespace)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*(else\b.*|if \(.*|case .*:|default:|break;|var .*;)\s*$")]
    private static partial Regex ControlFlow();

    [GeneratedRegex(@"\G[\p{L}_]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();
}
