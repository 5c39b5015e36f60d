namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Knows files that are no CSV whatever their lines look like.</summary>
internal static class SheetFormat
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    private static ReadOnlySpan<byte> Utf16Little => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> Utf16Big => [0xFE, 0xFF];

    /// <summary>How many bytes the mark in front of the text takes.</summary>
    public static int ByteOrderMarkOf(ReadOnlySpan<byte> start) => start.StartsWith(Utf8Mark) ? Utf8Mark.Length : 0;

    /// <returns>A reason for the teacher, or null where it may be CSV.</returns>
    public static string? WhatElse(ReadOnlySpan<byte> block, bool first) => block switch
    {
        _ when first && block.StartsWith(Zip) => "The file is a ZIP archive, such as an Excel workbook; save the sheet as CSV (UTF-8).",
        _ when first && (block.StartsWith(Utf16Little) || block.StartsWith(Utf16Big)) => "The file is UTF-16 text; save it as CSV in UTF-8.",
        _ when block.Contains((byte)0) => "The file holds NUL bytes, so it is no CSV in UTF-8.",
        _ => null,
    };
}
