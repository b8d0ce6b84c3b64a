namespace Nabla.Data.Sources;

/// <summary>The data sets by name.</summary>
[Registry(typeof(IImageSource))]
public static partial class ImageSources;
