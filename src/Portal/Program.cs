using Core;
using Portal.Api;
using Portal.Authentication;
using Portal.Components;
using Portal.Health;
using Portal.Hosting;
using Portal.Pictures;
using Portal.Webhooks;

var builder = PortalHost.CreateBuilder(args);
if (!builder.ConfigurationIsSound())
    return 1;

builder.AddSandbox();
builder.AddPortalCore();
builder.AddSignIn();
builder.AddPages();
builder.AddPictures();
builder.AddApi();
builder.AddWebhooks();
builder.AddHealth();

var app = builder.Build();
app.UseSandbox();
app.UseErrors();
app.UseRequestLocalization();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapWebhooks();
app.MapApi();
app.MapHealth();
app.MapSignOut();
app.MapPictures();
app.MapPages();

if (!await app.PrepareAsync())
    return 1;
await app.RunAsync();
return 0;

/// <summary>Named for the test host.</summary>
public partial class Program;
