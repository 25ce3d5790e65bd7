namespace Reliability.Tests.Model.Schedules;

/// <summary>How the webhooks of an operation travel: late ones are overtaken, copies come again.</summary>
internal readonly record struct Travel(TimeSpan Delay, int Copies = 0, TimeSpan CopyAfter = default)
{
    public static readonly Travel Straight = new(TimeSpan.FromMilliseconds(20));

    public override string ToString() =>
        (Delay > Straight.Delay ? $", told {Delay.TotalSeconds:0.##} s later" : "") + (Copies > 0 ? $", told again {CopyAfter.TotalSeconds:0.##} s after" : "");
}
