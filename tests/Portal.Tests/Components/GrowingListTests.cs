using System.Globalization;
using Core.Outcomes;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

/// <summary>A list of numbers, the greatest on top, of which at most 200 are read at once.</summary>
public sealed class GrowingListTests
{
    private readonly GrowingList<int> _list = new(row => row.ToString(CultureInfo.InvariantCulture), (one, other) => other.CompareTo(one));
    private readonly List<(int Limit, string? After)> _read = [];
    private SortedSet<int> _all = [];

    [Theory]
    [InlineData(0)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(733)]
    public async Task Everything_is_reached_page_by_page_once_and_in_order(int count)
    {
        _all = [.. Enumerable.Range(1, count)];
        await ReadAsync();
        for (var page = 1; _list.HasMore; page++)
        {
            Assert.Equal(50 * page, _list.Rows!.Count);
            _list.Grow();
            await ReadAsync();
        }

        Assert.Equal(_all.Reverse(), _list.Rows);
    }

    [Fact]
    public async Task What_happens_on_top_is_seen_without_reading_all_of_it_again()
    {
        await ShowAsync(733, 400);
        _read.Clear();
        _all.UnionWith([734, 735]);
        _all.Remove(700);

        await ReadAsync();

        Assert.Equal([(200, null)], _read);
        Assert.Equal(_all.Reverse().Take(_list.Rows!.Count), _list.Rows);
        Assert.Equal(401, _list.Rows.Count);
        _list.Grow();
        await ReadAsync();
        Assert.Equal(_all.Reverse().Take(451), _list.Rows);
    }

    [Fact]
    public async Task After_a_flood_no_row_is_missing_in_between()
    {
        await ShowAsync(733, 400);
        _all.UnionWith(Enumerable.Range(734, 300));

        await ReadAsync();

        Assert.Equal(_all.Reverse().Take(_list.Rows!.Count), _list.Rows);
        Assert.True(_list.Rows.Count >= 400 && _list.HasMore);
    }

    [Fact]
    public async Task A_page_that_stays_open_does_not_grow_by_itself()
    {
        await ShowAsync(733, 400);
        for (var more = 734; more < 3_000; more += 50)
        {
            _all.UnionWith(Enumerable.Range(more, 50));
            await ReadAsync();
            Assert.Equal(_all.Reverse().Take(_list.Rows!.Count), _list.Rows);
        }

        Assert.InRange(_list.Rows!.Count, 400, 600);
    }

    [Fact]
    public async Task A_row_that_moves_up_stands_there_once()
    {
        var moved = 0;
        var list = new GrowingList<(int Id, int At)>(row => row.Id.ToString(CultureInfo.InvariantCulture), (one, other) => other.At.CompareTo(one.At));
        Task<Result<Page<(int, int)>>> Read(int limit, string? after)
        {
            var before = after is null ? int.MaxValue : int.Parse(after, CultureInfo.InvariantCulture);
            var rows = Enumerable.Range(1, 300).Select(id => (Id: id, At: id == moved ? 999 : id)).Where(row => row.At < before).OrderByDescending(row => row.At).ToList();
            return Task.FromResult<Result<Page<(int, int)>>>(
                new Page<(int, int)>([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].At.ToString(CultureInfo.InvariantCulture) : null)
            );
        }
        for (var page = 0; page < 5; page++)
        {
            list.Grow();
            await list.ReadAsync(Read);
        }
        moved = 70;

        await list.ReadAsync(Read);

        Assert.Equal(70, list.Rows![0].Id);
        Assert.Equal(list.Rows.Count, list.Rows.DistinctBy(row => row.Id).Count());
        Assert.Equal(300, list.Rows.Count);
    }

    [Fact]
    public async Task Another_list_begins_at_its_top_and_the_old_one_stays_until_it_is_there()
    {
        await ShowAsync(300, 250);
        _all = [.. Enumerable.Range(1, 90)];

        _list.BeginAnew();
        Assert.Equal(250, _list.Rows!.Count);
        await ReadAsync();

        Assert.Equal(_all.Reverse().Take(50), _list.Rows);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_mended_by_the_next_reading()
    {
        await _list.ReadAsync((_, _) => Task.FromResult<Result<Page<int>>>(new Error("role_too_low")));
        Assert.Equal("role_too_low", _list.Problem?.Code);
        _all = [1];

        await ReadAsync();

        Assert.Null(_list.Problem);
        Assert.Equal([1], _list.Rows);
    }

    private async Task ShowAsync(int all, int shown)
    {
        _all = [.. Enumerable.Range(1, all)];
        await ReadAsync();
        while (_list.Rows!.Count < shown)
        {
            _list.Grow();
            await ReadAsync();
        }
    }

    private Task ReadAsync() =>
        _list.ReadAsync(
            (limit, after) =>
            {
                _read.Add((limit, after));
                Assert.InRange(limit, 1, 200);
                var rows = _all.Reverse().Where(row => after is null || row < int.Parse(after, CultureInfo.InvariantCulture)).ToList();
                var next = rows.Count > limit ? rows[limit - 1].ToString(CultureInfo.InvariantCulture) : null;
                return Task.FromResult<Result<Page<int>>>(new Page<int>([.. rows.Take(limit)], next));
            }
        );
}
