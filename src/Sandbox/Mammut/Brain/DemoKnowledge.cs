namespace Sandbox.Mammut.Brain;

/// <summary>Something the demo bots have been taught.</summary>
/// <param name="Context">Where it holds; null is everywhere.</param>
/// <param name="Phrases">Simplified wordings of which one must occur.</param>
/// <param name="Texts">The answer, one thought each.</param>
/// <param name="Courtesy">
/// A phrase must be the whole line: "Hola" is a greeting, "Hola, ¿puedo pagar a plazos?" is a question nobody has taught.
/// </param>
internal sealed record Lesson(string? Context, string[] Phrases, string[] Texts, bool Courtesy = false);

/// <summary>Two shops that answer the same question differently, and what both have in common, in Spanish and English.</summary>
internal static class DemoKnowledge
{
    private const string Food = "comida";
    private const string Kitchenware = "utensilios";

    public static IReadOnlyList<Lesson> Lessons { get; } =
    [
        new(null, ["hola", "buenas", "buenos dias", "buenas tardes", "buenas noches", "hola buenos dias", "hola buenas", "hola buenas tardes", "hola que tal", "saludos"],
            ["¡Hola! Soy el asistente virtual. ¿En qué puedo ayudarle?"], Courtesy: true),
        new(null, ["hello", "hi", "hey", "hi there", "hello there", "good morning", "good afternoon", "good evening"],
            ["Hello! I am the virtual assistant. How can I help you?"], Courtesy: true),
        new(null, ["gracias", "muchas gracias", "mil gracias", "ok gracias", "perfecto gracias", "vale gracias"],
            ["¡A usted! Si necesita algo más, aquí estoy."], Courtesy: true),
        new(null, ["thanks", "thank you", "thank you very much", "many thanks", "ok thanks", "great thanks"],
            ["You are welcome! I am here if you need anything else."], Courtesy: true),
        new(null, ["adios", "hasta luego", "hasta pronto", "chao"], ["¡Hasta pronto!"], Courtesy: true),
        new(null, ["bye", "goodbye", "bye bye", "see you"], ["See you soon!"], Courtesy: true),

        new(null, ["horario", "horarios", "a que hora abren", "a que hora cierran", "cuando abren", "cuando cierran", "estan abiertos"],
            ["Abrimos de lunes a sábado, de 9:00 a 20:00."]),
        new(null, ["opening hours", "when are you open", "when do you open", "when do you close", "what time do you open", "what time do you close", "are you open"],
            ["We are open Monday to Saturday, from 9:00 to 20:00."]),
        new(null, ["donde estan", "cual es la direccion", "donde esta la tienda"],
            ["Estamos en la calle Mayor 12, junto al mercado."]),
        new(null, ["where are you", "where is the shop", "what is your address"],
            ["You find us at 12 Calle Mayor, next to the market."]),

        new(Food, ["que me recomienda", "que me recomiendas", "que recomienda", "que recomiendas", "que me aconseja"],
            ["Hoy le recomiendo la paella de verduras, recién hecha."]),
        new(Food, ["what do you recommend", "what would you recommend", "what can you recommend", "any recommendations"],
            ["Today I recommend our vegetable paella, freshly made."]),
        new(Food, ["sin gluten", "celiaco", "celiaca", "celiacos"],
            ["Sí, tenemos menú sin gluten.", "Los viernes: crema de verduras y pescado al horno."]),
        new(Food, ["gluten free", "without gluten", "celiac", "coeliac"],
            ["Yes, we have a gluten-free menu.", "On Fridays: cream of vegetables and baked fish."]),
        new(Food, ["vegetariano", "vegetariana", "vegetarianos", "vegano", "vegana"],
            ["Sí, cada día hay un plato vegetariano; los martes también uno vegano."]),
        new(Food, ["vegetarian", "vegan"],
            ["Yes, there is a vegetarian dish every day, and a vegan one on Tuesdays."]),
        new(Food, ["a domicilio", "hacen reparto", "hacen envios"],
            ["Sí, llevamos la comida a domicilio en menos de 45 minutos."]),
        new(Food, ["do you deliver", "home delivery"],
            ["Yes, we deliver your food in less than 45 minutes."]),

        new(Kitchenware, ["que me recomienda", "que me recomiendas", "que recomienda", "que recomiendas", "que me aconseja"],
            ["Le recomiendo nuestra sartén de hierro fundido de 28 cm."]),
        new(Kitchenware, ["what do you recommend", "what would you recommend", "what can you recommend", "any recommendations"],
            ["I recommend our 28 cm cast-iron pan."]),
        new(Kitchenware, ["induccion", "vitroceramica"],
            ["Sí, todas nuestras sartenes y ollas sirven para inducción."]),
        new(Kitchenware, ["induction"],
            ["Yes, all our pans and pots work on induction hobs."]),
        new(Kitchenware, ["lavavajillas"],
            ["Las ollas sí; las sartenes de hierro fundido se lavan a mano."]),
        new(Kitchenware, ["dishwasher"],
            ["Our pots can go in the dishwasher; wash cast-iron pans by hand."]),
        new(Kitchenware, ["hacen envios", "a domicilio", "gastos de envio"],
            ["Enviamos a todo el país en 48 horas; gratis a partir de 50 €."]),
        new(Kitchenware, ["do you deliver", "do you ship", "home delivery", "shipping costs"],
            ["We ship nationwide within 48 hours; free of charge from 50 €."]),
    ];
}
