// @ts-check
/*
 * The only script of the portal. Every page is whole without it; it adds a few things where the browser can:
 * reading aloud and printing, remembering the text size on this device, and pages that were seen before without a network.
 */

const SIZE = 'minsheng.size';

rememberSize();
offerTools();
if ('serviceWorker' in navigator && location.protocol !== 'file:') navigator.serviceWorker.register('/offline.js').catch(() => undefined);

/** The address says the size; where it says nothing, the size chosen last on this device does. */
function rememberSize() {
  const url = new URL(location.href);
  const asked = url.searchParams.get('size');
  try {
    if (asked === 'large' || asked === 'normal') localStorage.setItem(SIZE, asked);
    else if (localStorage.getItem(SIZE) === 'large') {
      url.searchParams.set('size', 'large');
      location.replace(url);
    }
  } catch {
    // A browser that keeps nothing remembers nothing; the address still works.
  }
}

/** Shows the buttons: printing always, reading aloud where the browser speaks. */
function offerTools() {
  const tools = document.querySelector('.tools');
  if (!(tools instanceof HTMLElement)) return;
  tools.hidden = false;
  tools.querySelector('[data-print]')?.addEventListener('click', () => print());
  offerReadingAloud();
}

/** Reads the text of the page without its navigation. */
function offerReadingAloud() {
  const button = document.querySelector('[data-read-aloud]');
  if (!(button instanceof HTMLButtonElement) || !('speechSynthesis' in window)) return;
  const start = button.textContent ?? '';
  button.hidden = false;
  const stop = () => {
    speechSynthesis.cancel();
    button.textContent = start;
  };
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) return stop();
    const parts = textOf(document.querySelector('main'));
    button.textContent = button.dataset['stop'] ?? start;
    parts.forEach((part, index) => {
      const speech = new SpeechSynthesisUtterance(part);
      speech.lang = document.documentElement.lang;
      speech.rate = 0.9;
      if (index === parts.length - 1) speech.addEventListener('end', () => (button.textContent = start));
      speechSynthesis.speak(speech);
    });
  });
  addEventListener('pagehide', stop);
}

/**
 * What there is to say: headings, paragraphs, list items and cells, each once, in reading order.
 * @param {Element | null} main
 * @returns {string[]}
 */
function textOf(main) {
  const blocks = [...(main?.querySelectorAll('h1, h2, h3, p, li, dt, dd, td, th') ?? [])];
  return blocks
    .filter((block) => block.closest('nav, form, .away') === null && !blocks.some((other) => other !== block && block.contains(other)))
    .map((block) => (block instanceof HTMLElement ? block.innerText : '').trim())
    .filter((text) => text !== '');
}
